package io.cordboard.adapters.asterisk;

import io.cordboard.adapters.asterisk.StandbyFiles.Spoken;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.Announcing.Announcement;
import io.cordboard.spi.telephony.StandbyPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the sounds of a plan, writes its files, and has Asterisk read them. */
final class StandbyWriter {
  private final Path directory;
  private final Sounds sounds;
  private final AriRest rest;
  private final Supplier<Ami> ami;

  StandbyWriter(Path directory, Sounds sounds, AriRest rest, Supplier<Ami> ami) {
    this.directory = directory;
    this.sounds = sounds;
    this.rest = rest;
    this.ami = ami;
  }

  CompletionStage<@Nullable Void> prepare(StandbyPlan plan) {
    return rest.blocking(
        () -> {
          Map<String, Spoken> spoken = new HashMap<>();
          Map<String, String> waits = new HashMap<>();
          for (StandbyPlan.Line line : plan.lines()) {
            Spoken words =
                new Spoken(
                    sound(line.notice()), sound(line.patience()), sound(line.sorry()),
                    sound(line.closed()));
            spoken.put(line.did(), words);
            waits.put(line.queue(), words.patience());
          }
          String queues = StandbyFiles.queues(plan.queues(), id -> waits.getOrDefault(id, ""));
          String lines = StandbyFiles.lines(plan.lines(), spoken);
          // queues first: no line may lead into one that is not there
          write("queues-cordboard.conf", queues);
          reload("queue reload all");
          write("extensions-cordboard.conf", lines);
          reload("dialplan reload");
          return null;
        });
  }

  /** A line whose words cannot be spoken serves without them. */
  private String sound(@Nullable Announcement words) {
    if (words == null) {
      return "";
    }
    try {
      return sounds.of(words).toCompletableFuture().join();
    } catch (java.util.concurrent.CompletionException failed) {
      if (Lanes.fault(failed) instanceof Fault.BadRequest) {
        return "";
      }
      throw failed;
    }
  }

  private void write(String name, String text) {
    Path part = directory.resolve(name + ".new");
    try {
      Files.writeString(part, text);
      Files.move(
          part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new Fault.Refused(
          "%s cannot be written: %s. Callers would find no agent while this server is down: give its user the right."
              .formatted(directory.resolve(name), failed.getMessage()));
    }
  }

  private void reload(String command) {
    Ami.Packet answer = ami.get().await("Command", Map.of("Command", command)).getFirst();
    if (!answer.good()) {
      throw new Fault.Refused(
          "Asterisk refused '%s': %s. Its manager user needs the right 'command'."
              .formatted(command, answer.get("Message")));
    }
  }
}
