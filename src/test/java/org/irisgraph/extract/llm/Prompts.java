package org.irisgraph.extract.llm;

import java.io.IOException;
import java.util.List;

/** Prompts with the bundled instructions. */
final class Prompts {

  private Prompts() {}

  /** A prompt for drugs that treat symptoms. */
  static Prompt of(int tokensPerCall) throws IOException {
    return of(tokensPerCall, "");
  }

  /** The same with further fields of a request. */
  static Prompt of(int tokensPerCall, String extraBody) throws IOException {
    return Prompt.load(
        new ModelSettings(
            "test-model",
            "",
            List.of("DRUG", "SYMPTOM"),
            List.of("treats"),
            tokensPerCall,
            extraBody),
        location -> {
          throw new AssertionError("no file is needed: " + location);
        });
  }
}
