package org.irisgraph.extract.ner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import opennlp.tools.ml.model.AbstractModel;
import opennlp.tools.ml.model.BinaryFileDataReader;
import opennlp.tools.ml.model.GenericModelReader;
import opennlp.tools.ml.model.GenericModelWriter;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes model files: a zip archive of an OpenNLP model and of the vocabulary as text.
 * The same model always has the same bytes.
 *
 * @param weights the OpenNLP model
 */
record ModelFile(AbstractModel weights, Vocabulary vocabulary) {

  private static final String WEIGHTS = "weights.bin";
  private static final String TERMS = "terms.txt";
  private static final String CLASSES = "classes.tsv";

  /** The types that are not reported; only models of proper names have this entry. */
  private static final String PROPER_NAMES = "proper-names.txt";

  private static final String NAMES = "names.tsv";

  static ModelFile read(InputStream content) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(content)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return new ModelFile(
        new GenericModelReader(
                new BinaryFileDataReader(new ByteArrayInputStream(entry(entries, WEIGHTS))))
            .getModel(),
        new Vocabulary(
            text(entry(entries, TERMS)).lines().toList(),
            text(entries.getOrDefault(CLASSES, new byte[0])).lines().toList(),
            traits(entries.get(PROPER_NAMES)),
            names(text(entry(entries, NAMES)))));
  }

  /** Reads the traits alone, which costs little. */
  static ModelTraits traits(InputStream content) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(content)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(PROPER_NAMES)) {
          return traits(zip.readAllBytes());
        }
      }
    }
    return traits((byte[]) null);
  }

  private static ModelTraits traits(byte @Nullable [] unreported) {
    return unreported == null
        ? ModelTraits.TERMS
        : new ModelTraits(
            true,
            text(unreported).lines().filter(line -> !line.isBlank()).collect(Collectors.toSet()));
  }

  private static byte[] entry(Map<String, byte[]> entries, String name) throws IOException {
    byte[] content = entries.get(name);
    if (content == null) {
      throw new IOException("not a model of the command train: there is no " + name);
    }
    return content;
  }

  byte[] toBytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      add(zip, WEIGHTS, weightsToBytes());
      add(zip, TERMS, lines(vocabulary.terms()));
      if (vocabulary.traits().properNames()) {
        add(zip, PROPER_NAMES, lines(vocabulary.traits().unreported().stream().sorted().toList()));
      }
      if (!vocabulary.classes().isEmpty()) {
        add(zip, CLASSES, lines(vocabulary.classes()));
      }
      add(
          zip,
          NAMES,
          lines(
              vocabulary.names().entrySet().stream()
                  .flatMap(
                      type ->
                          type.getValue().entrySet().stream()
                              .map(
                                  name ->
                                      type.getKey()
                                          + "\t"
                                          + name.getKey()
                                          + "\t"
                                          + name.getValue()))
                  .toList()));
    }
    return bytes.toByteArray();
  }

  private byte[] weightsToBytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new GenericModelWriter(weights, new DataOutputStream(bytes)).persist();
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    // Any fixed time, so that equal models have equal bytes.
    entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] lines(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(UTF_8);
  }

  private static String text(byte[] content) {
    return new String(content, UTF_8);
  }

  private static Map<String, Map<String, Integer>> names(String lines) {
    Map<String, Map<String, Integer>> names = new TreeMap<>();
    lines
        .lines()
        .map(line -> line.split("\t", -1))
        .forEach(
            column ->
                names
                    .computeIfAbsent(column[0], type -> new TreeMap<>())
                    .put(column[1], Integer.valueOf(column[2])));
    return names;
  }
}
