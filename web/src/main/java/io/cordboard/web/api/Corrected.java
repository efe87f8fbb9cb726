package io.cordboard.web.api;

import io.cordboard.core.call.CallArchive;
import io.cordboard.core.profile.Timeline;
import io.cordboard.core.profile.Timeline.FilledIn;
import io.cordboard.kernel.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record was corrected after its call.
 *
 * @param by the agent's name
 * @param disposition which stood there before, as the answers and the notes
 * @param notes null where they were not changed, or where whoever asks may not see customers
 */
record Corrected(
    Instant at,
    @Nullable String by,
    @Nullable String disposition,
    List<FilledIn> answers,
    @Nullable String notes) {
  static Corrected of(Timeline.Correction one) {
    return new Corrected(one.at(), one.by(), one.disposition(), one.answers(), one.notes());
  }

  static Corrected of(CallArchive.Corrected one, PeopleNames names, boolean withNotes) {
    List<FilledIn> answers =
        one.before().answers().stream()
            .map(answer -> new FilledIn(answer.field(), answer.value()))
            .toList();
    return new Corrected(
        Clock.instant(one.at()), names.agent(one.by()), one.before().disposition(), answers,
        withNotes ? one.before().notes() : null);
  }
}
