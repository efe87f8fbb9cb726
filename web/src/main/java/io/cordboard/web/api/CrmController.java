package io.cordboard.web.api;

import io.cordboard.core.journey.ConnectCrms;
import io.cordboard.core.journey.ConnectCrms.Change;
import io.cordboard.core.journey.ConnectCrms.Given;
import io.cordboard.core.journey.ConnectCrms.Standing;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Fault;
import io.cordboard.web.api.CrmView.CrmDetail;
import io.cordboard.web.api.CrmView.CrmTried;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Other systems that are joined to us. */
@Tag(name = "crms")
@RestController
@RequestMapping("/api/v1/crms")
class CrmController {
  private static final int MOST_FILE = 128 * 1024;
  private final ConnectCrms crms;

  CrmController(ConnectCrms crms) {
    this.crms = crms;
  }

  record CrmList(List<CrmView> items, @Nullable String next) {}

  /**
   * How a system is to be joined.
   *
   * @param file its configuration as YAML
   * @param settings what the file leaves open, such as an API key; kept sealed and never shown
   * @param internal whether addresses inside of the own network may be asked
   */
  record CrmOrder(String file, @Nullable Map<String, String> settings, @Nullable Boolean internal) {
    Given given() {
      return new Given(text(file), checked(settings), Boolean.TRUE.equals(internal));
    }

    /** Without the settings: they may be secret. */
    @Override
    public String toString() {
      return "CrmOrder";
    }
  }

  /**
   * What shall be otherwise; what is not told stays.
   *
   * @param version that it was made from, so that nobody's change is overwritten unseen
   * @param settings by their names; an empty one is forgotten, those that are not named stay
   */
  record CrmChange(
      @Nullable Long version, @Nullable String file, @Nullable Map<String, String> settings,
      @Nullable Boolean internal, @Nullable Boolean on) {
    Change change() {
      return new Change(version, file == null ? null : text(file), checked(settings), internal, on);
    }

    /** Without the settings: they may be secret. */
    @Override
    public String toString() {
      return "CrmChange";
    }
  }

  /**
   * With what a system is made ready.
   *
   * @param administratorKey of an administrator there; used for this alone and kept nowhere
   * @param noticesTo our address to which it tells of changes; without one it shall not, and is only asked
   */
  record CrmPreparation(String administratorKey, @Nullable String noticesTo) {
    /** Without the key. */
    @Override
    public String toString() {
      return "CrmPreparation";
    }
  }

  /**
   * The same of a system that is not joined yet.
   *
   * @param file its configuration as YAML
   * @param settings what the file leaves open, such as an API key; not kept
   * @param internal whether addresses inside of the own network may be asked
   * @param administratorKey of an administrator there; used for this alone and kept nowhere
   * @param noticesTo our address to which it tells of changes; without one it shall not, and is only asked
   */
  record CrmPreparationByFile(
      String file, @Nullable Map<String, String> settings, @Nullable Boolean internal, String administratorKey,
      @Nullable String noticesTo) {
    Given given() {
      return new CrmOrder(file, settings, internal).given();
    }

    /** Without the key and the settings. */
    @Override
    public String toString() {
      return "CrmPreparationByFile";
    }
  }

  private static String text(String file) {
    if (file.isBlank() || file.length() > MOST_FILE) {
      throw new Fault.BadRequest("'file' has to be a text of at most %d characters.".formatted(MOST_FILE));
    }
    return file;
  }

  private static Map<String, String> checked(@Nullable Map<String, String> settings) {
    if (settings == null) {
      return Map.of();
    }
    settings.forEach(
        (name, value) -> {
          if (!name.matches("[A-Za-z0-9_.-]{1,60}") || value == null) {
            throw new Fault.BadRequest(
                "'settings' has a name that is none, or a name without a text: '%s'.".formatted(Fault.excerpt(name)));
          }
        });
    return settings;
  }

  @Operation(summary = "Systems that are joined, and how each stands")
  @Needs(Permission.CONNECT_SYSTEMS)
  @GetMapping
  CrmList list(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit,
      Principal who) {
    Page<Standing> page = Page.of(crms.list(who), cursor, limit, one -> one.row().name());
    return new CrmList(page.items().stream().map(CrmView::of).toList(), page.next());
  }

  @Operation(summary = "One with its file; of its settings the names alone")
  @Needs(Permission.CONNECT_SYSTEMS)
  @GetMapping("/{name}")
  CrmDetail read(@PathVariable String name, Principal who) {
    return CrmDetail.of(crms.read(who, name));
  }

  @Operation(summary = "Try a file with real records; keeps nothing, changes nothing there")
  @Needs(Permission.CONNECT_SYSTEMS)
  @PostMapping("/dry-run")
  CrmTried dryRun(@RequestBody CrmOrder order, Principal who) {
    return CrmTried.of(crms.dryRun(who, order.given()));
  }

  @Operation(summary = "Make a system ready before it is joined, by its file; keeps nothing here")
  @Needs(Permission.CONNECT_SYSTEMS)
  @PostMapping("/prepare")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void prepareByFile(@RequestBody CrmPreparationByFile order, Principal who) {
    crms.prepare(who, order.given(), order.administratorKey(), order.noticesTo());
  }

  @Operation(summary = "Join a system; records flow from now on")
  @Needs(Permission.CONNECT_SYSTEMS)
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  CrmDetail add(@RequestBody CrmOrder order, Principal who) {
    return CrmDetail.of(crms.add(who, order.given()));
  }

  @Operation(summary = "Change its file or settings, switch it on or off; only what is told changes")
  @Needs(Permission.CONNECT_SYSTEMS)
  @PostMapping("/{name}")
  CrmDetail change(@PathVariable String name, @RequestBody CrmChange change, Principal who) {
    return CrmDetail.of(crms.change(who, name, change.change()));
  }

  @Operation(summary = "Take it away; what was agreed on is kept, so that it can be joined again without doubles")
  @Needs(Permission.CONNECT_SYSTEMS)
  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable String name, Principal who) {
    crms.remove(who, name);
  }

  @Operation(summary = "Look whether each thing that it can do works; changes nothing there")
  @Needs(Permission.CONNECT_SYSTEMS)
  @PostMapping("/{name}/test")
  CrmTried test(@PathVariable String name, Principal who) {
    return CrmTried.of(crms.test(who, name));
  }

  @Operation(summary = "Make it ready with the key of an administrator there, which is not kept: rights, notices of changes")
  @Needs(Permission.CONNECT_SYSTEMS)
  @PostMapping("/{name}/prepare")
  CrmDetail prepare(@PathVariable String name, @RequestBody CrmPreparation order, Principal who) {
    crms.prepare(who, name, order.administratorKey(), order.noticesTo());
    return CrmDetail.of(crms.read(who, name));
  }

  @Operation(summary = "Send every customer of ours there; 'marked' tells how far that is")
  @Needs(Permission.CONNECT_SYSTEMS)
  @PostMapping("/{name}/send-all")
  @ResponseStatus(HttpStatus.ACCEPTED)
  CrmDetail sendAll(@PathVariable String name, Principal who) {
    crms.sendAll(who, name);
    return CrmDetail.of(crms.read(who, name));
  }
}
