package org.irisgraph.pipeline;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.irisgraph.document.SourceFile;

/** Finds the files of all globs, each once, whichever globs name it. */
final class MatchFilesFn extends DoFn<List<String>, SourceFile> {

  @ProcessElement
  public void processElement(@Element List<String> globs, OutputReceiver<SourceFile> output)
      throws IOException {
    InputFiles.match(globs).forEach(output::output);
  }
}
