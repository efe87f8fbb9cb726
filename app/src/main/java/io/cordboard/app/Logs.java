package io.cordboard.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The log: lines for people on standard error until a server has its data directory, then lines of
 * JSON in {@code log/cordboard.log} there, a file a day or 50 MB, 30 days, 2 GB at most.
 */
public final class Logs extends ContextAwareBase implements Configurator {
  static final String FILE = "cordboard.log";
  private static final String CONSOLE = "console";
  // held here: Java forgets the level of a logger that nobody holds
  private static final java.util.logging.Logger LIBRARIES =
      java.util.logging.Logger.getLogger("");

  /** Called by the log itself, before its first line. */
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    PatternLayoutEncoder people = new PatternLayoutEncoder();
    people.setContext(context);
    people.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %logger{0}: %msg%n");
    people.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setName(CONSOLE);
    console.setTarget("System.err");
    console.setEncoder(people);
    console.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(console);
    context.getLogger("io.cordboard").setLevel(Level.INFO);
    // it would write down whatever somebody typed into an address
    context.getLogger("org.springframework.web.servlet.PageNotFound").setLevel(Level.OFF);
    // libraries that use Java's own log; below a warning nobody reads them
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    LIBRARIES.setLevel(java.util.logging.Level.WARNING);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** From now on into this directory only. */
  static void into(Path directory) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    Appender<ILoggingEvent> before = root.getAppender(FILE);
    if (before != null) {
      root.detachAppender(before);
      before.stop();
    }
    JsonLine json = new JsonLine();
    json.setContext(context);
    json.start();
    RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
    file.setContext(context);
    file.setName(FILE);
    file.setFile(directory.resolve(FILE).toString());
    file.setEncoder(json);
    SizeAndTimeBasedRollingPolicy<ILoggingEvent> days = new SizeAndTimeBasedRollingPolicy<>();
    days.setContext(context);
    days.setParent(file);
    days.setFileNamePattern(directory + "/cordboard.%d{yyyy-MM-dd,UTC}.%i.log.gz");
    days.setMaxFileSize(FileSize.valueOf("50MB"));
    days.setMaxHistory(30);
    days.setTotalSizeCap(FileSize.valueOf("2GB"));
    days.start();
    file.setRollingPolicy(days);
    file.start();
    root.addAppender(file);
    root.detachAppender(CONSOLE);
  }
}
