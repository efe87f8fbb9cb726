package io.cordboard.web.api;

import io.cordboard.core.journey.ImportFiles;
import io.cordboard.core.journey.ImportMapping;
import io.cordboard.core.profile.ImportJob;
import io.cordboard.core.profile.ImportKind;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
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

/** Files of customers and what belongs to them. */
@Tag(name = "imports")
@RestController
@RequestMapping("/api/v1/imports")
class ImportController {
  private static final long MOST_BYTES = 4L << 30;
  private static final int MOST_COLUMNS = 100;
  private final ImportFiles imports;

  ImportController(ImportFiles imports) {
    this.imports = imports;
  }

  /**
   * A file and what became of it.
   *
   * @param state UPLOADED, CHECKING, CHECKED, LOADING, LOADED, REFUSED (rows are wrong, nothing was changed)
   *     or FAILED
   * @param part of the file that was read, from 0 to 1
   * @param read rows so far; good can be loaded, or were; known were there before; wrong cannot be loaded
   */
  record Import(
      String id, String kind, String file, long bytes, String sha256, Instant at, String state,
      double part, long read, long good, long known, long wrong, String why) {
    static Import of(ImportFiles.Progress progress) {
      ImportJob job = progress.job();
      return new Import(
          job.id().toString(), job.kind().code(), job.file(), job.bytes(), job.sha256(),
          Clock.instant(job.at()), job.state().name(), progress.part(), job.read(), job.good(),
          job.known(), job.wrong(), job.why());
    }
  }

  record Imports(List<Import> items, @Nullable String next) {}

  /**
   * What a file looks like.
   *
   * @param guesses for each column what it may mean; empty for nothing
   * @param required meanings without which no row can be read
   */
  record ImportPreview(
      String encoding, String separator, List<String> headings, List<String> guesses,
      List<List<String>> rows, List<String> required, List<String> optional) {}

  /** What a column means; {@code index} is counted from 0. */
  record Column(int index, String target) {}

  /**
   * How to read the file; columns that are not told are left out.
   *
   * @param zone of times without one; UTC when it is not told
   * @param currency of amounts without one; CNY when it is not told
   * @param goodRows load the good rows where others are wrong
   */
  record ReadingOrder(
      @Nullable List<Column> columns, @Nullable String zone, @Nullable String currency,
      @Nullable Boolean goodRows) {
    ImportMapping mapping() {
      List<Column> list = columns == null ? List.of() : columns;
      if (list.stream().anyMatch(one -> one == null)) {
        throw new Fault.BadRequest("'columns' has an empty entry.");
      }
      Input.between("columns", list.size(), 1, MOST_COLUMNS);
      return new ImportMapping(
          list.stream()
              .map(c -> new ImportMapping.Column(c.index(), Input.text("target", c.target(), 40)))
              .toList(),
          zone == null ? "UTC" : Input.text("zone", zone, 60),
          currency == null ? "CNY" : Input.text("currency", currency, 3));
    }
  }

  @Operation(
      summary =
          "Bring a CSV file (UTF-8, GB18030 or UTF-16; at most 4 GB); nothing is read into the customers yet",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(mediaType = "text/csv", schema = @Schema(type = "string", format = "binary"))))
  @Needs(Permission.IMPORT_CUSTOMERS)
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Import bring(
      @RequestParam String kind,
      @RequestParam(defaultValue = "upload.csv") String name,
      Principal who,
      HttpServletRequest request)
      throws IOException {
    ImportKind sort = ImportKind.of(kind);
    String file = ownName(Input.text("name", name, 200));
    ImportJob job = imports.bring(who, sort, file, request.getInputStream(), MOST_BYTES);
    return Import.of(new ImportFiles.Progress(job, 0));
  }

  @Operation(summary = "Imports, the newest first, all of them where no limit is told; the files are kept for a week, or until they are loaded")
  @Needs(Permission.IMPORT_CUSTOMERS)
  @GetMapping
  Imports list(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit,
      Principal who) {
    Page<ImportFiles.Progress> page =
        Page.of(imports.list(who), cursor, limit, one -> one.job().id().toString());
    return new Imports(page.items().stream().map(Import::of).toList(), page.next());
  }

  @Operation(summary = "How far an import is")
  @Needs(Permission.IMPORT_CUSTOMERS)
  @GetMapping("/{id}")
  Import show(@PathVariable String id, Principal who) {
    return Import.of(imports.show(who, Code.id(id)));
  }

  @Operation(summary = "The columns, what they may mean, and the first rows")
  @Needs(Permission.IMPORT_CUSTOMERS)
  @GetMapping("/{id}/preview")
  ImportPreview preview(@PathVariable String id, Principal who) {
    UUID job = Code.id(id);
    ImportKind kind = imports.show(who, job).job().kind();
    ImportFiles.Preview preview = imports.preview(who, job);
    return new ImportPreview(
        preview.encoding(), String.valueOf(preview.separator()), preview.headings(),
        preview.guesses(), preview.rows(), kind.required(), kind.optional());
  }

  @Operation(summary = "A dry run: reads every row and compares it with what is there; changes nothing")
  @Needs(Permission.IMPORT_CUSTOMERS)
  @PostMapping("/{id}/check")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Import check(@PathVariable String id, @RequestBody ReadingOrder reading, Principal who) {
    return Import.of(imports.check(who, Code.id(id), reading.mapping()));
  }

  @Operation(
      summary =
          "Load the file as a whole, or with goodRows what can be loaded; in one transaction, so never a part of that")
  @Needs(Permission.IMPORT_CUSTOMERS)
  @PostMapping("/{id}/load")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Import load(@PathVariable String id, @RequestBody ReadingOrder reading, Principal who) {
    boolean goodRows = Boolean.TRUE.equals(reading.goodRows());
    return Import.of(imports.load(who, Code.id(id), reading.mapping(), goodRows));
  }

  @Operation(
      summary = "The rows that cannot be loaded, with column and reason; safe to open in a spreadsheet")
  @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/csv"))
  @Needs(Permission.IMPORT_CUSTOMERS)
  @GetMapping("/{id}/errors")
  void errors(@PathVariable String id, Principal who, HttpServletResponse response)
      throws IOException {
    Path file =
        imports
            .wrongRows(who, Code.id(id))
            .orElseThrow(() -> new Fault.NotFound("No row was found wrong yet: check the file first."));
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"errors.csv\"");
    response.setContentLengthLong(Files.size(file));
    Files.copy(file, response.getOutputStream());
  }

  @Operation(summary = "Stop an import that runs, without changes; else forget the file")
  @Needs(Permission.IMPORT_CUSTOMERS)
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void forget(@PathVariable String id, Principal who) {
    imports.forget(who, Code.id(id));
  }

  /** Of a whole path the last part: folders of somebody's machine are nobody's business. */
  private static String ownName(String path) {
    String last = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    return last.isBlank() ? "upload.csv" : last;
  }
}
