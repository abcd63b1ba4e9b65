package org.irisgraph.extract.ner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.irisgraph.extract.EntityExtractor;
import org.irisgraph.extract.NameBreaks;
import org.irisgraph.extract.Sections;
import org.irisgraph.extract.Span;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;

/**
 * Finds the names that a model tags, and other mentions of them in the same document. Depends on
 * the text and the model only.
 */
public final class NerExtractor implements EntityExtractor {

  /** The name in the option {@code extractors}. */
  public static final String NAME = "ner";

  /**
   * The earlier name in the option, which is still accepted. Tables and fingerprints keep it, so
   * that stored documents stay valid.
   */
  public static final String RECORDED_NAME = "opennlp";

  /** Raise when the same model finds other mentions in the same text. */
  private static final int VERSION = 12;

  /** Number of tokens that are tagged together; more than an abstract has. */
  private static final int PART = 1000;

  /** Number of tokens after which a text without sentences is cut anywhere. */
  private static final int LONGEST_PART = 5000;

  /**
   * Probability from which words are a name. It is below one half, since a missed name costs more
   * F1 than a wrong one: the highest expected F1 is reached at about half of it.
   */
  private static final double PROBABLE = 0.4;

  /** In characters; a list without commas may look like one long name. */
  private static final int LONGEST_NAME = 200;

  /** In characters; a single letter is an initial, a variable or the label of a figure. */
  private static final int SHORTEST_NAME = 2;

  private final NameModel model;

  public NerExtractor(NameModel model) {
    this.model = model;
  }

  /** What the results depend on beside the text. */
  public String identity() {
    return "%d %s%s"
        .formatted(
            VERSION,
            model.hash(),
            model.traits().properNames() ? " persons " + PersonNames.VERSION : "");
  }

  @Override
  public String name() {
    return RECORDED_NAME;
  }

  @Override
  public Optional<Set<String>> types() {
    return Optional.of(model.types());
  }

  @Override
  public List<Mention> extract(Document document) {
    String text = document.text();
    boolean properNames = model.traits().properNames();
    List<Mention> mentions = new ArrayList<>();
    int start = 0;
    for (int end : Sections.ends(text)) {
      TokenizedText tokens = TokenizedText.of(text.substring(start, end));
      List<Mention> found = WordEnds.keepWhole(tokens, mentions(tokens));
      if (properNames) {
        found = ProperNames.of(tokens, found, name -> model.isTrained(ProperNames.PERSON, name));
      }
      found = ConsistentMentions.of(tokens, found, properNames);
      for (Mention mention : WordEnds.keepWhole(tokens, found)) {
        if (!model.traits().unreported().contains(mention.type())) {
          mentions.add(start == 0 ? mention : shifted(mention, start));
        }
      }
      start = end;
    }
    return properNames ? ProperNames.withFullNames(mentions) : mentions;
  }

  private static Mention shifted(Mention mention, int by) {
    return new Mention(
        mention.text(),
        mention.name(),
        mention.type(),
        mention.start() + by,
        mention.end() + by,
        mention.confidence(),
        mention.extractor(),
        mention.concept());
  }

  /** Returns the model's mentions, before {@link ConsistentMentions}. */
  List<Mention> mentions(TokenizedText tokens) {
    DocumentScores scores = model.scores(tokens);
    List<Mention> mentions = new ArrayList<>();
    int first = 0;
    while (first < tokens.size()) {
      int end = endOfPart(tokens, first);
      addMentions(tokens, scores, first, end, mentions);
      first = end;
    }
    return mentions;
  }

  /** Cuts long texts between sentences, so that memory is bounded. */
  private static int endOfPart(TokenizedText tokens, int first) {
    int end = Math.min(first + PART, tokens.size());
    int latest = Math.min(first + LONGEST_PART, tokens.size());
    while (end < latest
        && !(tokens.gap(end) != TokenizedText.JOINED && tokens.word(end - 1).text().equals("."))) {
      end++;
    }
    return end;
  }

  private void addMentions(
      TokenizedText tokens, DocumentScores scores, int first, int end, List<Mention> mentions) {
    TagLattice lattice = model.lattice(scores, first, end);
    for (TagLattice.Name name : lattice.namesFrom(PROBABLE)) {
      int start = first + name.first();
      int last = first + name.end() - 1;
      int length = tokens.end(last) - tokens.start(start);
      if (length >= SHORTEST_NAME && length <= LONGEST_NAME) {
        add(tokens, name.type(), start, last + 1, name.probability(), mentions);
      }
    }
  }

  /** Adds a name; the model may have tagged the end of a paragraph as a space within it. */
  private static void add(
      TokenizedText tokens,
      String type,
      int first,
      int end,
      double probability,
      List<Mention> mentions) {
    String text = tokens.text();
    for (Span part : NameBreaks.parts(text, tokens.start(first), tokens.end(end - 1))) {
      if (part.end() - part.start() >= SHORTEST_NAME) {
        mentions.add(
            new Mention(
                text.substring(part.start(), part.end()),
                type,
                part.start(),
                part.end(),
                probability,
                RECORDED_NAME));
      }
    }
  }
}
