package org.irisgraph.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** The options for PDF, office documents and mail, which are parsed in separate processes. */
@Group(OptionGroup.INPUT)
public interface TikaOptions extends PipelineOptions {

  @Description("Heap in megabytes of each process that parses PDF and office documents.")
  @Default.Integer(512)
  @Range(min = 32, max = 65_536)
  int getTikaHeapMegabytes();

  void setTikaHeapMegabytes(int tikaHeapMegabytes);

  @Description("Seconds after which parsing of a PDF or office document is aborted.")
  @Default.Integer(60)
  @Range(min = 1, max = 3_600)
  int getTikaTimeoutSeconds();

  void setTikaTimeoutSeconds(int tikaTimeoutSeconds);

  @Description("Most characters of a PDF's or office document's text; the rest is cut off.")
  @Default.Integer(5_000_000)
  @Range(min = 1_000, max = 100_000_000)
  int getTikaMaxCharacters();

  void setTikaMaxCharacters(int tikaMaxCharacters);
}
