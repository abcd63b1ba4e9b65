package org.irisgraph.files;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Advises on file systems that are built in by a Maven profile each: their libraries are larger
 * than everything else.
 */
public final class FileSystemProfiles {

  private static final Map<String, String> PROFILES =
      Map.of("s3", "s3", "gs", "gcs", "hdfs", "hdfs");

  /** Beam throws a general exception here, which only its message identifies. */
  private static final Pattern MISSING = Pattern.compile("No filesystem found for scheme (.+)");

  private FileSystemProfiles() {}

  /** Advice for a failed look-up, if the file system is missing from this build. */
  public static Optional<String> advice(Exception failure) {
    Matcher missing = MISSING.matcher(String.valueOf(failure.getMessage()));
    if (!missing.matches()) {
      return Optional.empty();
    }
    String scheme = missing.group(1);
    String profile = PROFILES.get(scheme);
    return Optional.of(
        profile == null
            ? "no build reads %s://; there are files of this machine, s3://, gs:// and hdfs://"
                .formatted(scheme)
            : "this build does not read %s://; make one that does: mvn -q package -DskipTests -P%s"
                .formatted(scheme, profile));
  }
}
