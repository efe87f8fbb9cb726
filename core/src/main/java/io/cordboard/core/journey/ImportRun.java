package io.cordboard.core.journey;

import io.cordboard.core.profile.CustomerEditor.Author;
import io.cordboard.core.profile.ImportJob;
import io.cordboard.core.profile.ImportJob.State;
import io.cordboard.core.profile.ImportRow;
import io.cordboard.core.profile.ImportRow.Wrong;
import io.cordboard.core.profile.ImportStore;
import io.cordboard.core.profile.ImportStore.Checked;
import io.cordboard.core.profile.csv.CsvFile;
import io.cordboard.core.profile.csv.CsvReader;
import io.cordboard.core.profile.csv.CsvWriter;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One reading of a file from its beginning to its end. One thread carries it out, others look. */
final class ImportRun {
  /** The file of errors is cut here: who has so many looks at the mapping first. */
  private static final long MOST_WRONG = 1_000_000;
  private static final long MOST_LETTERS = 64L << 20;

  private final CsvFile file;
  private final Path errors;
  private final ImportReading reading;
  private final Aim aim;
  private final Author author;
  private volatile ImportJob job;
  private volatile boolean stopped;
  private boolean pastStop;
  private volatile CsvFile.@Nullable Counted in;
  private Set<CustomerId> touched = Set.of();
  private long told;
  private long letters;
  private boolean cut;
  private long wrongRows;
  private long lastWrong;
  private @Nullable Wrong first;

  /** What for: a dry run, everything or nothing, or the good rows. */
  record Aim(boolean load, boolean goodRows) {}

  ImportRun(
      ImportJob job, CsvFile file, Path errors, ImportReading reading, Aim aim, Author author) {
    this.job = job;
    this.file = file;
    this.errors = errors;
    this.reading = reading;
    this.aim = aim;
    this.author = author;
  }

  UUID id() {
    return job.id();
  }

  ImportFiles.Progress progress() {
    CsvFile.Counted bytes = in;
    double part = bytes == null ? 0 : (double) bytes.count() / Math.max(1, job.bytes());
    return new ImportFiles.Progress(job, Math.min(1, part));
  }

  /** Whether it will be stopped; not any more once the rows are written. */
  synchronized boolean stop() {
    stopped |= !pastStop;
    return stopped;
  }

  private void heed() {
    if (stopped || Thread.currentThread().isInterrupted()) {
      throw new Fault.Refused("It was stopped.");
    }
  }

  private synchronized void passStop() {
    heed();
    pastStop = true;
  }

  Set<CustomerId> touched() {
    return touched;
  }

  /**
   * Does it; the job as it ended. Who looks meanwhile sees it run until the caller lets go of it: before, its
   * table of wrong rows may not be whole.
   */
  ImportJob carryOut(ImportStore store) {
    try (Writer writer = Files.newBufferedWriter(errors);
        ImportStore.Load load = store.begin(job.kind(), author)) {
      // a spreadsheet reads UTF-8 only with this in front
      writer.write('\ufeff');
      CsvWriter table = new CsvWriter(writer);
      table.row(List.of("row", "line", "column", "value", "what is wrong"));
      read(load, table);
      Checked checked = load.check(wrong -> tell(wrong, table));
      // a full disk is known before anything is written, not when the table is closed
      writer.flush();
      heed();
      job = job.counted(job.read(), checked.good(), checked.known(), wrongRows);
      return end(load);
    } catch (CsvReader.Broken broken) {
      return job.in(State.FAILED, broken.getMessage() + " Nothing was changed.");
    } catch (IOException | UncheckedIOException failed) {
      return job.in(
          State.FAILED,
          "The file could not be read to its end, or the disk is full. Nothing was changed.");
    } catch (Fault.OutcomeUnknown unknown) {
      return job.in(State.FAILED, unknown.getMessage() + " Look whether the rows are there.");
    } catch (Fault failed) {
      return job.in(State.FAILED, failed.getMessage() + " Nothing was changed.");
    } catch (RuntimeException | OutOfMemoryError bug) {
      return job.in(State.FAILED, "A mistake of the server's: " + bug + ". Nothing was changed.");
    }
  }

  private void read(ImportStore.Load load, CsvWriter table) throws IOException {
    try (CsvFile.Counted bytes = file.open()) {
      in = bytes;
      CsvReader rows = file.rows(bytes);
      rows.next();
      List<Wrong> wrong = new ArrayList<>();
      CsvReader.Row row;
      long count = 0;
      while ((row = rows.next()) != null) {
        heed();
        wrong.clear();
        Optional<ImportRow> read = reading.read(row, wrong);
        read.ifPresent(load::add);
        wrong.forEach(one -> tell(one, table));
        job = job.counted(++count, count - wrongRows, 0, wrongRows);
      }
    }
  }

  private void tell(Wrong wrong, CsvWriter table) {
    if (wrong.place().row() != lastWrong) {
      lastWrong = wrong.place().row();
      first = first == null ? wrong : first;
      wrongRows++;
    }
    try {
      if (told++ < MOST_WRONG && letters < MOST_LETTERS) {
        letters += wrong.column().length() + wrong.value().length() + wrong.why().length();
        table.row(
            List.of(
                String.valueOf(wrong.place().row()), String.valueOf(wrong.place().line()),
                wrong.column(), wrong.value(), wrong.why()));
      } else if (!cut) {
        cut = true;
        table.row(List.of("", "", "", "", "More is wrong than this table can hold: mend these first."));
      }
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private ImportJob end(ImportStore.Load load) {
    if (!aim.load()) {
      return job.in(State.CHECKED, "");
    }
    if (first != null && !aim.goodRows()) {
      return job.in(State.REFUSED, refusal(first));
    }
    ImportJob loaded = job.in(State.LOADED, "");
    passStop();
    touched = load.commit(loaded);
    return loaded;
  }

  private String refusal(Wrong wrong) {
    return "Row %d%s: %s Rows that are wrong: %d. Nothing was changed: mend them, or load the good rows."
        .formatted(
            wrong.place().row(),
            wrong.column().isEmpty() ? "" : ", column '" + Fault.excerpt(wrong.column()) + "'",
            wrong.why(), wrongRows);
  }
}
