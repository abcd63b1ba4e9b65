package org.irisgraph.source;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.irisgraph.document.SourceFile;
import org.irisgraph.files.InputFiles;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Origin;
import org.jspecify.annotations.Nullable;

/** Finds the files that the globs match, each once. */
final class MatchFilesFn extends DoFn<List<String>, SourceFile> {

  private final @Nullable String base;
  private final TupleTag<SourceFile> files;
  private final TupleTag<DocumentGraph> unreadable;

  MatchFilesFn(
      @Nullable String base, TupleTag<SourceFile> files, TupleTag<DocumentGraph> unreadable) {
    this.base = base;
    this.files = files;
    this.unreadable = unreadable;
  }

  @ProcessElement
  public void processElement(@Element List<String> globs, MultiOutputReceiver output)
      throws IOException {
    InputFiles found = InputFiles.match(globs, base);
    if (found.files().isEmpty() && found.unreadable().isEmpty()) {
      // The launcher found files; a worker that finds none must not look like an empty input.
      throw new IOException(
          "no file matches input \"%s\" on the worker %s: put the documents where all workers can read them"
              .formatted(String.join(",", globs), InetAddress.getLocalHost().getHostName()));
    }
    found.files().forEach(output.get(files)::output);
    found
        .unreadable()
        .forEach(
            (source, failure) ->
                output
                    .get(unreadable)
                    .output(DocumentGraph.failed(null, new Origin(source, 0, 0), failure)));
  }
}
