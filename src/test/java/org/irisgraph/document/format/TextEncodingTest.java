package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.document.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextEncodingTest {

  private static final String TEXT = "Gout \u00e9 \ud83d\ude00 hurts.";

  private final Collected collected = new Collected();

  @ParameterizedTest
  @CsvSource({"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "UTF-8"})
  void readsWhatAByteOrderMarkSays(String charset) {
    read("a.txt", ("\ufeff" + TEXT).getBytes(Charset.forName(charset)), "UTF-8");
    read("b", ("\ufeff" + TEXT).getBytes(Charset.forName(charset)), "UTF-8");
    assertThat(texts(), contains(TEXT, TEXT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "windows-1252"})
  void readsEachFormatBehindTheMarkOfUtf8(String option) {
    read("a.md", "\ufeff---\nid: a\n---\ncaf\u00e9".getBytes(UTF_8), option);
    read("b.csv", "\ufeffid,text\nb,\ufeffcaf\u00e9\n".getBytes(UTF_8), option);
    read("c.jsonl", "\ufeff{\"id\":\"c\",\"text\":\"caf\u00e9\"}\n".getBytes(UTF_8), option);
    read("d.json", "\ufeff[{\"id\":\"d\",\"text\":\"caf\u00e9\"}]".getBytes(UTF_8), option);
    read("e", "\ufeff[{\"id\":\"e\",\n\"text\":\"caf\u00e9\"}]".getBytes(UTF_8), option);
    assertThat(
        texts(), contains("caf\u00e9", "\ufeffcaf\u00e9", "caf\u00e9", "caf\u00e9", "caf\u00e9"));
    assertThat(collected.ids(), contains("a", "b", "c", "d", "e"));
  }

  @Test
  void namesAFileWithNothingButAMark() {
    read("a.csv", "\ufeff".getBytes(UTF_8), "UTF-8");
    assertThat(collected.failure().message(), containsString("the file is empty"));
  }

  @Test
  void readsUtf16WithoutAMark() {
    read("a.txt", TEXT.getBytes(UTF_16LE), "UTF-8");
    read("b.txt", TEXT.getBytes(UTF_16BE), "UTF-8");
    assertThat(texts(), contains(TEXT, TEXT));
  }

  @Test
  void readsAllTextFormatsInTheEncodingOfTheOption() {
    Charset latin = Charset.forName("windows-1252");
    read("a.txt", "caf\u00e9 \u20ac".getBytes(latin), "windows-1252");
    read("b.md", "# caf\u00e9\n\nx".getBytes(latin), "windows-1252");
    read("c.csv", "id,text\n1,caf\u00e9\n".getBytes(latin), "windows-1252");
    read("d.jsonl", "{\"text\":\"caf\u00e9\"}\n".getBytes(latin), "windows-1252");
    read("e.json", "[{\"text\":\n\"caf\u00e9\"}]".getBytes(latin), "windows-1252");
    read("f.html", "<p>caf\u00e9".getBytes(latin), "windows-1252");
    read("g", "caf\u00e9".getBytes(latin), "windows-1252");
    assertThat(
        texts(),
        contains(
            "caf\u00e9 \u20ac",
            "caf\u00e9\n\nx",
            "caf\u00e9",
            "caf\u00e9",
            "caf\u00e9",
            "caf\u00e9",
            "caf\u00e9"));
  }

  @Test
  void leavesWhatDeclaresItsEncodingAlone() {
    read("a.html", "<meta charset=utf-8><p>caf\u00e9".getBytes(UTF_8), "windows-1252");
    read(
        "b.xml",
        "<article><body><p>caf\u00e9</p></body></article>".getBytes(UTF_8),
        "windows-1252");
    assertThat(texts(), contains("caf\u00e9", "caf\u00e9"));
  }

  @Test
  void cutsLinesAndRecordsInUtf16() {
    read("a.jsonl", "\ufeff{\"text\":\"gout\"}\r\n{\"text\":\"flu\"}".getBytes(UTF_16LE), "UTF-8");
    read("b.csv", "\ufeffid,text\r\n1,mumps\r\n".getBytes(UTF_16LE), "UTF-8");
    assertThat(texts(), contains("gout", "flu", "mumps"));
  }

  @Test
  void namesTheByteThatIsNotInTheEncoding() {
    read("a.txt", new byte[] {'a', '\n', (byte) 0x81}, "windows-1252");
    assertThat(
        collected.failure().message(), is("line 2: byte 2 of the file (0x81) is not windows-1252"));
  }

  @Test
  void keepsTextsLongerThanItsBuffer() {
    String text = "\ud83d\ude00a".repeat(50_000);
    read("a.txt", ("\ufeff" + text).getBytes(UTF_16LE), "UTF-8");
    assertThat(collected.document().text(), is(text));
  }

  @Test
  void namesLatinTextWithTheRemedy() {
    read("a.txt", Collected.latin1("Un caf\u00e9."), "UTF-8");
    assertThat(collected.failure().code(), is("NOT_UTF8"));
    assertThat(
        collected.failure().message(), containsString("set the option encoding to windows-1252"));
  }

  private List<String> texts() {
    assertThat(collected.unreadable.toString(), is("[]"));
    return collected.documents.stream().map(document -> document.text()).toList();
  }

  private void read(String name, byte[] content, String encoding) {
    SourceReader reader =
        new SourceReader(source -> new ByteArrayInputStream(content), InputFormat.AUTO, 1_000_000)
            .encodedIn(Charset.forName(encoding));
    List<SourceChunk> chunks = new ArrayList<>();
    reader.split(new SourceFile("/" + name, name, 0), chunks::add, collected);
    chunks.forEach(chunk -> reader.read(chunk, collected));
  }
}
