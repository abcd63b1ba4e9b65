package org.irisgraph.plan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.util.SerializableUtils;
import org.irisgraph.options.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedFilesTest {

  private static final String CONTENT = "term\ttype\nM\u00e9ni\u00e8re's disease\tDISEASE\n";

  @TempDir private Path directory;

  @Test
  void areThereWhereTheLaunchersFilesAreNot() throws Exception {
    Path dictionary = Files.writeString(directory.resolve("dictionary.tsv"), CONTENT);
    ShippedFiles carried = ShippedFiles.of(List.of(dictionary.toString(), ""));
    Files.delete(dictionary);

    ShippedFiles arrived = SerializableUtils.clone(carried);

    assertThat(arrived.text(dictionary.toString()), is(CONTENT));
  }

  @Test
  void areReadWhereTheyAreIfNoneTravel() throws Exception {
    Path dictionary = Files.writeString(directory.resolve("dictionary.tsv"), CONTENT);
    ShippedFiles none = SerializableUtils.clone(ShippedFiles.none());

    assertThat(none.text(dictionary.toString()), is(CONTENT));
    Files.delete(dictionary);
    assertThrows(FileNotFoundException.class, () -> none.text(dictionary.toString()));
  }

  @Test
  void areRefusedIfTheyAreTooMuchForAJob() throws Exception {
    Path dictionary = Files.writeString(directory.resolve("dictionary.tsv"), CONTENT);

    UsageException refusal =
        assertThrows(
            UsageException.class, () -> ShippedFiles.of(List.of(dictionary.toString()), 10));

    assertThat(refusal.getMessage(), containsString(dictionary.toString()));
    assertThat(refusal.getMessage(), containsString("s3://"));
  }
}
