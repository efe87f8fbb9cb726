package io.cordboard.web.api;

import io.cordboard.core.identity.CallerNumber;
import io.cordboard.core.identity.NumberReader;
import io.cordboard.core.identity.ReadNumbers;
import io.cordboard.core.identity.Step;
import io.cordboard.core.identity.TrunkBook;
import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.trust.Permission;
import io.cordboard.web.api.RulesCheck.Wrong;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tries how a number would be read. */
@Tag(name = "setup")
@RestController
@RequestMapping("/api/v1/numbers")
class NumberController {
  private static final int MAX_NUMBER = 256;
  private final NumberReader reader;
  private final TrunkBook trunks;

  NumberController(NumberReader reader, TrunkBook trunks) {
    this.reader = reader;
    this.trunks = trunks;
  }

  /**
   * What is tried.
   *
   * @param trunk whose rules hold; the usual ones when not told
   * @param rules rules to try before they are set, instead of the trunk's
   */
  record Trial(String number, @Nullable String trunk, @Nullable TrunkOrder rules) {}

  /**
   * How it is read.
   *
   * @param state KNOWN, SHORT_CODE, INTERNAL, WITHHELD or UNREADABLE
   * @param number canonical form as a caller's number, null when there is none
   * @param line canonical form as a dialled number, null when there is none
   */
  record Reading(String state, @Nullable String number, @Nullable String line, List<Step> steps) {}

  @Operation(summary = "How a number on a trunk would be read, step by step; nothing is changed")
  @Needs(Permission.TRY_NUMBERS)
  @PostMapping("/try")
  Reading tryNumber(@RequestBody Trial trial) {
    String trunk = Input.optional("trunk", trial.trunk(), 100);
    String number = Input.text("number", trial.number(), MAX_NUMBER);
    TrunkOrder draft = trial.rules();
    TrunkRules rules =
        draft == null
            ? trunks.of(trunk == null ? TrunkBook.USUAL : trunk)
            : trunks.draft(draft.rules());
    ReadNumbers read = reader.explain(number, rules);
    return new Reading(state(read.caller()), read.caller().canonical(), read.line(), read.steps());
  }

  /** What cannot be used in rules that somebody wants to set; empty when they can be. */
  record Checked(List<Wrong> wrong) {}

  @Operation(summary = "Whether a trunk's rules can be set, and what is wrong with each part; nothing is changed")
  @Needs(Permission.TRY_NUMBERS)
  @PostMapping("/check")
  Checked check(@RequestBody TrunkOrder order) {
    return new Checked(RulesCheck.of(order));
  }

  private static String state(CallerNumber number) {
    String name = number.getClass().getSimpleName();
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }
}
