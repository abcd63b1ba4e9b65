package org.irisgraph.onnx;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.irisgraph.base.TemporaryDirectory;

/** Cuts texts into tokens as a {@code tokenizer.json} describes. Safe for several threads. */
public final class Tokenizer implements AutoCloseable {

  /** Whole texts: the tokenizer would cut and pad them as its file says. */
  private static final Map<String, String> OPTIONS =
      Map.of("truncation", "false", "padding", "false");

  private static boolean loaded;

  private final HuggingFaceTokenizer tokenizer;
  private final long[] before;
  private final long[] after;

  private Tokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
    Encoding letter = tokenizer.encode("a", true, false);
    long[] special = letter.getSpecialTokenMask();
    int start = 0;
    while (start < special.length && special[start] == 1) {
      start++;
    }
    int end = special.length;
    while (end > start && special[end - 1] == 1) {
      end--;
    }
    this.before = Arrays.copyOf(letter.getIds(), start);
    this.after = Arrays.copyOfRange(letter.getIds(), end, special.length);
  }

  /**
   * Reads a {@code tokenizer.json}.
   *
   * @throws IOException if the native library cannot be unpacked
   * @throws RuntimeException if the content is none
   * @throws LinkageError if there is no native library for this machine
   */
  public static Tokenizer read(byte[] json) throws IOException {
    loadLibrary();
    return new Tokenizer(HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), OPTIONS));
  }

  /**
   * Loads the native library from the jar. DJL would unpack it below the user's home and keep it
   * there, look for one that fits a graphics card, and report its use to its makers.
   */
  private static synchronized void loadLibrary() throws IOException {
    if (loaded) {
      return;
    }
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("RUST_FLAVOR", "cpu");
    try (TemporaryDirectory temporary = TemporaryDirectory.open()) {
      // A directory of its own, since a second class loader cannot load the same file.
      Path directory = Files.createTempDirectory(temporary.path(), "tokenizers");
      System.setProperty("ENGINE_CACHE_DIR", directory.toString());
      LibUtils.checkStatus();
    } catch (EngineException e) {
      throw new LinkageError(e.getMessage(), e);
    } finally {
      System.clearProperty("ENGINE_CACHE_DIR");
    }
    loaded = true;
  }

  /** Tokens that come before a text's. */
  public long[] before() {
    return before.clone();
  }

  /** Tokens that come after a text's. */
  public long[] after() {
    return after.clone();
  }

  /** The tokens of a text, without those {@link #before} and {@link #after}. */
  public Tokens tokens(String text) {
    Encoding encoding = tokenizer.encode(text, false, false);
    CharSpan[] spans = encoding.getCharTokenSpans();
    int[] offsets = offsets(text);
    int[] starts = new int[spans.length];
    int[] ends = new int[spans.length];
    for (int i = 0; i < spans.length; i++) {
      starts[i] = offsets[spans[i].getStart()];
      ends[i] = offsets[spans[i].getEnd()];
    }
    return new Tokens(encoding.getIds(), starts, ends, encoding.getWordIds());
  }

  /** The offsets of a text's code points, in which the tokenizer counts, and of its end. */
  private static int[] offsets(String text) {
    int[] offsets = new int[text.codePointCount(0, text.length()) + 1];
    int offset = 0;
    for (int i = 0; i < offsets.length - 1; i++) {
      offsets[i] = offset;
      offset += Character.charCount(text.codePointAt(offset));
    }
    offsets[offsets.length - 1] = offset;
    return offsets;
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  /**
   * The tokens of a text.
   *
   * @param ids their numbers in the vocabulary
   * @param starts the first character of each, in UTF-16 code units; several tokens may share
   *     characters
   * @param ends the character after the last
   * @param words the word that each belongs to, which for some tokenizers is all up to a space
   */
  @SuppressWarnings("ArrayRecordComponent") // Read by the package's users only, token by token.
  public record Tokens(long[] ids, int[] starts, int[] ends, long[] words) {

    /** The number of tokens. */
    public int size() {
      return ids.length;
    }
  }
}
