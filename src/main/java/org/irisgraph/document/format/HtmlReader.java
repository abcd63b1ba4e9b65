package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.irisgraph.document.DocumentReader;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.SourcePart;
import org.irisgraph.document.ValidatingSink;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Reads HTML: the file is the document, and its text is what a browser shows without navigation.
 * Broken markup is parsed as browsers do.
 */
final class HtmlReader implements DocumentReader {

  private static final long serialVersionUID = 1L;

  /** Far more than any page has; a tag takes 40 times its three bytes in memory. */
  private static final int MAX_TAGS = 1_000_000;

  private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\u00A0]+");

  private static final List<String> DESCRIPTIONS = List.of("description", "author", "keywords");

  private final String undeclared;

  HtmlReader() {
    this(UTF_8);
  }

  /**
   * @param undeclared the encoding of pages that declare none
   */
  HtmlReader(Charset undeclared) {
    this.undeclared = undeclared.name();
  }

  @Override
  public void read(SourcePart part, InputStream content, DocumentSink sink) throws IOException {
    Page page = page(part.path(), decode(WholeFile.bytes(part, content)));
    new ValidatingSink(part, "document", sink)
        .document(0, null, page.title(), page.text(), page.metadata());
  }

  private record Page(@Nullable String title, String text, Map<String, Object> metadata) {}

  private static Page page(String path, String html) throws ReadException {
    try {
      Document page = parse(path, html);
      Element title = page.selectFirst("title:not(svg *)");
      return new Page(
          title == null ? null : line(title.wholeText()), HtmlText.of(page), metadata(page));
    } catch (RuntimeException | StackOverflowError e) {
      throw new ReadException(ReadFailure.BAD_HTML, "the page defeats the parser: " + e, e);
    }
  }

  private String decode(byte[] bytes) throws IOException {
    Charset charset = HtmlCharset.of(bytes, Charset.forName(undeclared));
    if (charset.name().equals("windows-1252")) {
      return decodeAsBrowsersDo(bytes, charset);
    }
    Reader reader = new StrictReader(new ByteArrayInputStream(bytes), charset);
    StringWriter text = new StringWriter(bytes.length);
    reader.transferTo(text);
    return StrictUtf8.withoutByteOrderMark(text.toString());
  }

  /** Browsers decode the five bytes that are undefined in windows-1252 as control characters. */
  private static String decodeAsBrowsersDo(byte[] bytes, Charset windows) {
    char[] text = new String(bytes, windows).toCharArray();
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\ufffd') {
        text[i] = (char) (bytes[i] & 0xFF);
      }
    }
    return new String(text);
  }

  private static Document parse(String path, String html) throws ReadException {
    if (html.chars().filter(character -> character == '<').count() > MAX_TAGS) {
      throw new ReadException(ReadFailure.BAD_HTML, "the page has more than " + MAX_TAGS + " tags");
    }
    // Only in XHTML does <script/> end where it begins.
    boolean xhtml = path.toLowerCase(Locale.ROOT).endsWith(".xhtml");
    return (xhtml ? Parser.xmlParser() : Parser.htmlParser()).parseInput(html, "");
  }

  private static String line(String text) {
    return WHITE_SPACE.matcher(text).replaceAll(" ").strip();
  }

  private static Map<String, Object> metadata(Document page) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    for (String name : DESCRIPTIONS) {
      List<String> contents =
          page.select("meta[name][content]").stream()
              .filter(meta -> meta.attr("name").strip().equalsIgnoreCase(name))
              .map(meta -> line(meta.attr("content")))
              .filter(content -> !content.isEmpty())
              .toList();
      if (!contents.isEmpty()) {
        metadata.put(name, contents.size() == 1 ? contents.get(0) : contents);
      }
    }
    Element root = page.selectFirst("html[lang]");
    if (root != null && !root.attr("lang").isBlank()) {
      metadata.put("lang", root.attr("lang").strip());
    }
    return metadata;
  }
}
