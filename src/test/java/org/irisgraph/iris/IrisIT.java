package org.irisgraph.iris;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

/** The suite on a real IRIS, if there is one; its report is target/iris-report.txt. */
@Tag("slow")
class IrisIT extends IrisSuite {

  private static final String HOW_TO_RUN =
      "IrisIT skipped: no real IRIS. Start Docker, or set IRIS_URL=jdbc:IRIS://HOST:1972/NAMESPACE,"
          + " IRIS_USER (default _SYSTEM) and IRIS_PASSWORD; then: mvn test -Dtest=IrisIT"
          + " -Dexcluded.tests=";

  IrisIT() {
    super(Path.of("target/iris-report.txt"));
  }

  @Override
  TestTarget connect() throws Exception {
    Optional<TestTarget> found = RealIris.find();
    print(found.map(server -> "IrisIT runs on " + server.settings()).orElse(HOW_TO_RUN));
    assumeTrue(found.isPresent(), HOW_TO_RUN);
    return found.get();
  }

  /** Bypasses System.out, which the build redirects to a file, so that a skip is noticed. */
  private static void print(String line) {
    PrintStream console =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    console.println(line);
  }
}
