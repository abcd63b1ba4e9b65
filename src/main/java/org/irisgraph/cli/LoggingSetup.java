package org.irisgraph.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.irisgraph.options.LogFormat;
import org.slf4j.LoggerFactory;

/** Configures logging by the settings; until then, the defaults of {@code logback.xml} apply. */
final class LoggingSetup {

  private static final String OWN_CONFIGURATION = "logback.configurationFile";

  /** The property of {@code logback.xml}, and its default there. */
  private static final String APPENDER = "appender";

  private static final String TEXT = "text";

  private static CompletableFuture<?> prepared = CompletableFuture.completedFuture(null);

  private LoggingSetup() {}

  /**
   * Reads {@code logback.xml}, a tenth of a second's work, while the caller does something else.
   */
  static void prepare() {
    prepared = CompletableFuture.supplyAsync(LoggerFactory::getILoggerFactory);
  }

  /**
   * Reads {@code logback.xml} again if it was read with another format than the requested one. Does
   * nothing if the user has set another configuration, or if another library does the logging, as
   * on a cluster.
   *
   * @param stacktraces whether the text format includes stack traces; JSON always does
   */
  static void apply(LogFormat format, boolean stacktraces) {
    prepared.join();
    URL configuration = LoggingSetup.class.getResource("/logback.xml");
    if (System.getProperty(OWN_CONFIGURATION) == null
        && configuration != null
        && LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        && !appender(format, stacktraces)
            .equals(Objects.requireNonNullElse(context.getProperty(APPENDER), TEXT))) {
      context.reset();
      context.putProperty(APPENDER, appender(format, stacktraces));
      JoranConfigurator configurator = new JoranConfigurator();
      configurator.setContext(context);
      try {
        configurator.doConfigure(configuration);
      } catch (JoranException e) {
        throw new IllegalStateException("logback.xml cannot be read", e);
      }
    }
  }

  private static String appender(LogFormat format, boolean stacktraces) {
    return switch (format) {
      case JSON -> "json";
      case TEXT -> stacktraces ? "stacktraces" : TEXT;
    };
  }
}
