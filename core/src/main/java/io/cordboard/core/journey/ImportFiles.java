package io.cordboard.core.journey;

import io.cordboard.core.profile.CustomerEditor.Author;
import io.cordboard.core.profile.ImportJob;
import io.cordboard.core.profile.ImportJob.State;
import io.cordboard.core.profile.ImportKind;
import io.cordboard.core.profile.ImportStore;
import io.cordboard.core.profile.csv.CsvFile;
import io.cordboard.core.profile.csv.CsvReader;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody brings files of customers and what belongs to them: kept, looked at, tried dry, loaded as a
 * whole or not at all. One runs at a time; a file is deleted as soon as it is loaded.
 */
public final class ImportFiles {
  private static final long KEPT_MICROS = Duration.ofDays(7).toNanos() / 1000;
  private static final System.Logger LOG = System.getLogger(ImportFiles.class.getName());
  private static final int SHOWN = 5;
  private static final int LISTED = 50;
  private static final int MOST_LETTERS = 200;
  private static final int MOST_KEPT = 20;
  private static final long LEFT_FREE = 2L << 30;

  private final ImportStore store;
  private final Path folder;
  private final OwnNumbers numbers;
  private final LiveCustomers live;
  private final Audit audit;
  private final EditCustomer.Making making;
  private final Executor worker;
  private @Nullable ImportRun running;

  /** Where files lie and who does the work. */
  public record Room(Path folder, Executor worker) {}

  public ImportFiles(
      ImportStore store, Room room, OwnNumbers numbers, LiveCustomers live, Audit audit,
      EditCustomer.Making making) {
    this.store = store;
    this.folder = room.folder();
    this.worker = room.worker();
    this.numbers = numbers;
    this.live = live;
    this.audit = audit;
    this.making = making;
  }

  /**
   * What a file looks like.
   *
   * @param guesses for each column, what it may mean; empty for nothing
   */
  public record Preview(
      String encoding, char separator, List<String> headings, List<String> guesses,
      List<List<String>> rows) {}

  /**
   * How far a job is.
   *
   * @param part between 0 and 1, of the file that was read
   */
  public record Progress(ImportJob job, double part) {}

  /** At a start, before files are brought: what ran has failed; files that are old or nobody's go. */
  public void tidy() {
    store.interrupted();
    dropOld();
    try {
      kept().forEach(this::dropNobodys);
    } catch (IOException later) {
      LOG.log(System.Logger.Level.WARNING, "Files that nobody needs stay in " + folder, later);
    }
  }

  private void dropNobodys(Path file) {
    String id = file.getFileName().toString().replaceFirst("([.]errors)?[.]csv$", "");
    try {
      if (id.length() == 36 && store.byId(UUID.fromString(id)).isEmpty()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | IllegalArgumentException | Fault later) {
      LOG.log(System.Logger.Level.WARNING, "A file stays that no import knows: " + file, later);
    }
  }

  /** Files that were kept for a week go. What cannot be deleted is tried again next time. */
  public void dropOld() {
    try {
      long old = making.clock().micros() - KEPT_MICROS;
      for (ImportJob job : store.latest(1_000)) {
        if (job.at() < old && !runs(job.id())) {
          dropOld(job.id());
        }
      }
    } catch (Fault later) {
      LOG.log(System.Logger.Level.WARNING, "Old imports stay for now", later);
    }
  }

  private void dropOld(UUID id) {
    try {
      delete(id);
      store.remove(id);
    } catch (Fault later) {
      LOG.log(System.Logger.Level.WARNING, "An old import stays for now", later);
    }
  }

  private synchronized boolean runs(UUID id) {
    return running != null && running.id().equals(id);
  }

  private List<Path> kept() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().endsWith(".csv")).toList();
    }
  }

  /** Keeps a file; its bytes are read to their end. */
  public ImportJob bring(Principal who, ImportKind kind, String name, InputStream bytes, long most) {
    who.mustHave(Permission.IMPORT_CUSTOMERS);
    UUID id = making.ids().next();
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      makeRoom();
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      long size = copy(bytes, content(id), digest, most);
      ImportJob job =
          new ImportJob(
              id, kind, name, size, HexFormat.of().formatHex(digest.digest()),
              making.clock().micros(), who.auditName(), State.UPLOADED, 0, 0, 0, 0, "");
      audit.recordNow(entry(who, "import-brought", job, Map.of("file", job.sha256())));
      preview(job, CsvFile.of(content(id)));
      store.save(job);
      return job;
    } catch (IOException failed) {
      delete(id);
      throw new Fault.Unreachable(
          "The file could not be kept: is the disk full? Nothing was changed.", failed);
    } catch (NoSuchAlgorithmException never) {
      throw new Fault.Bug("SHA-256 is missing.", never);
    } catch (Fault unusable) {
      delete(id);
      throw unusable;
    }
  }

  private void makeRoom() throws IOException {
    long files = kept().stream().filter(file -> !file.toString().endsWith(".errors.csv")).count();
    if (files >= MOST_KEPT) {
      throw new Fault.Refused(
          "%d files are kept already: load or forget one of them first.".formatted(files));
    }
    leaveFree();
  }

  // the database may live on the same disk
  private void leaveFree() throws IOException {
    if (Files.getFileStore(folder).getUsableSpace() < LEFT_FREE) {
      throw new Fault.Refused(
          "The server's disk has less than %d GB free: make room first.".formatted(LEFT_FREE >> 30));
    }
  }

  private long copy(InputStream from, Path to, MessageDigest digest, long most)
      throws IOException {
    byte[] chunk = new byte[1 << 16];
    long size = 0;
    Files.createFile(
        to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (OutputStream out = Files.newOutputStream(to, StandardOpenOption.WRITE)) {
      int read;
      while ((read = from.read(chunk)) >= 0) {
        size += read;
        if (size > most) {
          throw new Fault.BadRequest(
              "The file has more than %d MB: split it.".formatted(most >> 20));
        }
        if (size >> 25 > (size - read) >> 25) {
          leaveFree();
        }
        digest.update(chunk, 0, read);
        out.write(chunk, 0, read);
      }
    }
    return size;
  }

  public List<Progress> list(Principal who) {
    who.mustHave(Permission.IMPORT_CUSTOMERS);
    return store.latest(LISTED).stream().map(this::progress).toList();
  }

  public Progress show(Principal who, UUID id) {
    who.mustHave(Permission.IMPORT_CUSTOMERS);
    return progress(job(id));
  }

  private synchronized Progress progress(ImportJob job) {
    ImportRun run = running;
    return run != null && run.id().equals(job.id())
        ? run.progress()
        : new Progress(job, job.state() == State.UPLOADED ? 0 : 1);
  }

  /** The heading and the first rows. */
  public Preview preview(Principal who, UUID id) {
    who.mustHave(Permission.IMPORT_CUSTOMERS);
    ImportJob job = job(id);
    audit.recordNow(entry(who, "import-previewed", job, Map.of()));
    try {
      return preview(job, CsvFile.of(content(id)));
    } catch (IOException gone) {
      throw gone(gone);
    }
  }

  private static Preview preview(ImportJob job, CsvFile file) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (InputStream in = file.open()) {
      CsvReader reader = file.rows(in);
      CsvReader.Row row;
      while (rows.size() <= SHOWN && (row = reader.next()) != null) {
        rows.add(row.fields().stream().map(cell -> Fault.cut(cell, MOST_LETTERS)).toList());
        if (rows.size() == 1 && row.fields().stream().anyMatch(cell -> cell.length() > MOST_LETTERS)) {
          throw new Fault.BadRequest(
              "A heading has more than %d characters: the first row must name the columns."
                  .formatted(MOST_LETTERS));
        }
      }
    } catch (CsvReader.Broken broken) {
      throw new Fault.BadRequest(String.valueOf(broken.getMessage()));
    }
    if (rows.isEmpty()) {
      throw new Fault.BadRequest("The file is empty: its first row must name the columns.");
    }
    List<String> headings = rows.removeFirst();
    List<String> guesses = new ArrayList<>();
    for (String heading : headings) {
      String guess = job.kind().guess(heading);
      boolean taken = guesses.contains(guess) && !ImportKind.IDENTITIES_OF.contains(guess);
      guesses.add(taken ? "" : guess);
    }
    return new Preview(file.encoding(), file.separator(), headings, guesses, rows);
  }

  /** Reads the file as if to load it, and changes nothing. */
  public Progress check(Principal who, UUID id, ImportMapping mapping) {
    return run(who, id, mapping, new ImportRun.Aim(false, false));
  }

  /**
   * Loads the file.
   *
   * @param goodRows whether the good rows are loaded where others are wrong
   */
  public Progress load(Principal who, UUID id, ImportMapping mapping, boolean goodRows) {
    return run(who, id, mapping, new ImportRun.Aim(true, goodRows));
  }

  private Progress run(Principal who, UUID id, ImportMapping mapping, ImportRun.Aim aim) {
    who.mustHave(Permission.IMPORT_CUSTOMERS);
    ImportJob job = startable(id);
    try {
      CsvFile file = CsvFile.of(content(id));
      Preview preview = preview(job, file);
      mapping.check(job.kind(), preview.headings().size());
      ImportReading reading =
          new ImportReading(job.kind(), mapping, preview.headings(), numbers, making.ids());
      Author author = new Author(making.clock().micros(), who.auditName());
      return begin(
          who,
          new ImportRun(
              job.in(aim.load() ? State.LOADING : State.CHECKING, "").counted(0, 0, 0, 0), file,
              errors(id), reading, aim, author),
          aim);
    } catch (IOException gone) {
      throw gone(gone);
    }
  }

  private synchronized ImportJob startable(UUID id) {
    if (running != null) {
      throw new Fault.Busy("Another import runs: wait for its end.", Duration.ofSeconds(10));
    }
    ImportJob job = job(id);
    if (job.state() == State.LOADED) {
      throw new Fault.Refused("This file is loaded already.");
    }
    return job;
  }

  private synchronized Progress begin(Principal who, ImportRun run, ImportRun.Aim aim) {
    // others may have begun while the file was looked at
    ImportJob job = startable(run.id());
    audit.recordNow(
        entry(
            who, aim.load() ? "import-loading" : "import-checked", job,
            Map.of("good-rows", String.valueOf(aim.goodRows()))));
    store.save(run.progress().job());
    running = run;
    worker.execute(() -> finish(who, run));
    return run.progress();
  }

  private void finish(Principal who, ImportRun run) {
    try {
      ImportJob job = run.carryOut(store);
      store.save(job);
      audit.recordNow(
          entry(
              who, "import-" + job.state().name().toLowerCase(java.util.Locale.ROOT), job,
              Map.of(
                  "read", String.valueOf(job.read()), "good", String.valueOf(job.good()),
                  "wrong", String.valueOf(job.wrong()))));
      if (job.state() == State.LOADED) {
        Files.deleteIfExists(content(job.id()));
      }
    } catch (IOException | Fault later) {
      // what was loaded is loaded; its state stands in the transaction, the file goes after a week
    } finally {
      synchronized (this) {
        running = null;
      }
    }
    if (!run.touched().isEmpty()) {
      live.changed(run.touched());
    }
  }

  /** The rows that cannot be loaded, as a table; empty when none was found. */
  public Optional<Path> wrongRows(Principal who, UUID id) {
    who.mustHave(Permission.IMPORT_CUSTOMERS);
    audit.recordNow(entry(who, "import-errors-read", job(id), Map.of()));
    return Optional.of(errors(id)).filter(Files::exists);
  }

  /** Stops it if it runs, and forgets the file. */
  public void forget(Principal who, UUID id) {
    who.mustHave(Permission.IMPORT_CUSTOMERS);
    ImportJob job = job(id);
    if (stopped(id)) {
      audit.recordNow(entry(who, "import-stopped", job, Map.of()));
      return;
    }
    audit.recordNow(entry(who, "import-forgotten", job, Map.of()));
    delete(id);
    if (job.state() != State.LOADED) {
      store.remove(id);
    }
  }

  private synchronized boolean stopped(UUID id) {
    if (running == null || !running.id().equals(id)) {
      return false;
    }
    if (!running.stop()) {
      throw new Fault.Refused(
          "Its rows are being written already: it cannot be stopped any more. Look at its end.");
    }
    return true;
  }

  private ImportJob job(UUID id) {
    return store.byId(id).orElseThrow(() -> new Fault.NotFound("There is no such import."));
  }

  private Path content(UUID id) {
    return folder.resolve(id + ".csv");
  }

  private Path errors(UUID id) {
    return folder.resolve(id + ".errors.csv");
  }

  private void delete(UUID id) {
    try {
      Files.deleteIfExists(content(id));
      Files.deleteIfExists(errors(id));
    } catch (IOException kept) {
      throw new Fault.Unreachable("The file could not be deleted: look into " + folder, kept);
    }
  }

  private static Fault gone(IOException cause) {
    return new Fault.Unreachable("The file cannot be read any more: bring it again.", cause);
  }

  private static AuditEntry entry(
      Principal who, String what, ImportJob job, Map<String, String> details) {
    return new AuditEntry(
        who.auditName(), what, "import:" + job.id(), Outcome.DONE, null, details);
  }
}
