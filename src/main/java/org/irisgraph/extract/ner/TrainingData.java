package org.irisgraph.extract.ner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import opennlp.tools.ml.model.DataIndexer;
import opennlp.tools.ml.model.Event;
import opennlp.tools.util.ObjectStream;
import opennlp.tools.util.TrainingParameters;
import org.irisgraph.base.LongToIntMap;
import org.irisgraph.extract.gold.GoldDocument;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of annotated documents with their features and tags, in the form that OpenNLP's
 * trainers take. OpenNLP's own indexers keep a string for each feature, which takes ten times the
 * memory.
 */
final class TrainingData implements DataIndexer {

  private final FeatureResources resources;
  private final Tags tags;
  private final LongToIntMap numbers = new LongToIntMap(1 << 20);
  private final LongList labels = new LongList();
  private final List<int[]> contexts = new ArrayList<>();
  private final List<Integer> outcomes = new ArrayList<>();
  private final List<Sequence> sequences = new ArrayList<>();
  private final int[] transitions;

  /**
   * @param cutoff features that occur at fewer tokens are ignored
   */
  TrainingData(
      List<List<GoldDocument>> corpora, FeatureResources resources, Tags tags, int cutoff) {
    this.resources = resources;
    this.tags = tags;
    LongToIntMap seen = new LongToIntMap(1 << 21);
    for (GoldDocument document : corpora.stream().flatMap(List::stream).toList()) {
      visit(document, (features, tag) -> count(features, seen));
    }
    for (List<GoldDocument> corpus : corpora) {
      boolean[] possible = possibleOutside(corpus);
      for (GoldDocument document : corpus) {
        visit(document, (features, tag) -> addEvent(features, tag, seen, cutoff));
        addSequences(TokenizedText.of(document.text()), possible);
      }
    }
    transitions = addTransitions();
  }

  /**
   * The tokens of a sentence.
   *
   * @param contexts features of each token
   * @param possible the tags that a token outside of the annotated names may have
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Sequence(int[][] contexts, int[] tags, byte[] gaps, boolean[] possible) {

    /** Whether the annotation leaves tags open. */
    boolean isPartial() {
      for (int tag = 0; tag < possible.length; tag++) {
        if (possible[tag] && tag != Tags.OUTSIDE) {
          return true;
        }
      }
      return false;
    }

    /** Whether a token may have a tag. */
    boolean allows(int token, int tag) {
      return tags[token] == Tags.OUTSIDE ? possible[tag] : tags[token] == tag;
    }
  }

  /** In a corpus that marks no name of a type, other words may be names of this type. */
  private boolean[] possibleOutside(List<GoldDocument> corpus) {
    Set<String> marked =
        corpus.stream()
            .flatMap(document -> document.names().stream())
            .map(GoldDocument.Name::type)
            .collect(Collectors.toSet());
    boolean[] possible = new boolean[tags.size()];
    for (int tag = 0; tag < possible.length; tag++) {
      possible[tag] = tag == Tags.OUTSIDE || !marked.contains(tags.type(tag));
    }
    return possible;
  }

  List<Sequence> sequences() {
    return sequences;
  }

  /** Number of features. */
  int features() {
    return labels.size();
  }

  /** Index of {@link Transitions#feature}. */
  int transition(int gap, int before) {
    return transitions[gap * tags.size() + before];
  }

  private int[] addTransitions() {
    int[] added = new int[Transitions.GAPS * tags.size()];
    for (int at = 0; at < added.length; at++) {
      added[at] = labels.size();
      labels.add(Transitions.feature(at / tags.size(), at % tags.size()));
    }
    return added;
  }

  /** Adds the sentences of the document whose tokens were added last. */
  private void addSequences(TokenizedText tokens, boolean[] possible) {
    int offset = contexts.size() - tokens.size();
    int first = 0;
    for (int end = 1; end <= tokens.size(); end++) {
      boolean sentence =
          tokens.gap(end) != TokenizedText.JOINED
              && tokens.word(end - 1).text().equals(".")
              && outcomes.get(offset + end - 1) == Tags.OUTSIDE;
      if (sentence || end == tokens.size()) {
        byte[] gaps = new byte[end - first];
        for (int token = first; token < end; token++) {
          gaps[token - first] = (byte) tokens.gap(token);
        }
        sequences.add(
            new Sequence(
                contexts.subList(offset + first, offset + end).toArray(int[][]::new),
                outcomes.subList(offset + first, offset + end).stream()
                    .mapToInt(Integer::intValue)
                    .toArray(),
                gaps,
                possible));
        first = end;
      }
    }
  }

  /** Receives the features and the tag of a token. */
  private interface Visitor {
    void token(LongList features, int tag);
  }

  private void visit(GoldDocument document, Visitor visitor) {
    TokenizedText tokens = TokenizedText.of(document.text());
    int[] tagOfToken = tagsOf(document, tokens);
    ContextFeatures context =
        resources.contextOf(
            tokens,
            document.names().stream()
                .map(name -> Lexicon.key(document.textOf(name)))
                .collect(Collectors.toSet()));
    DocumentContext documentContext = DocumentContext.of(tokens);
    LongList features = new LongList();
    for (int token = 0; token < tokens.size(); token++) {
      features.clear();
      addWord(tokens, token, WordFeatures.HERE, features);
      addWord(tokens, token - 1, WordFeatures.BEFORE, features);
      addWord(tokens, token + 1, WordFeatures.AFTER, features);
      addWord(tokens, token - 2, WordFeatures.SECOND_BEFORE, features);
      addWord(tokens, token + 2, WordFeatures.SECOND_AFTER, features);
      Word chunk = tokens.words().get(tokens.chunkOf(token));
      resources.wordFeatures().add(chunk, WordFeatures.AROUND, features);
      features.addAll(documentContext.ofWord(tokens.wordOf(token)));
      context.add(token, features);
      visitor.token(features, tagOfToken[token]);
    }
  }

  private void addWord(TokenizedText tokens, int token, int relation, LongList features) {
    if (token >= 0 && token < tokens.size()) {
      resources.wordFeatures().add(tokens.word(token), relation, features);
    }
  }

  /** Returns the tags of all tokens; of overlapping names the longest counts. */
  private int[] tagsOf(GoldDocument document, TokenizedText tokens) {
    int[] tagOfToken = new int[tokens.size()];
    List<GoldDocument.Name> names = new ArrayList<>(document.names());
    names.sort(
        Comparator.comparingInt((GoldDocument.Name name) -> name.start() - name.end())
            .thenComparingInt(GoldDocument.Name::start));
    for (GoldDocument.Name name : names) {
      int first = tokens.tokenAt(name.start());
      int end = tokens.tokenAt(name.end());
      if (first < end
          && Arrays.stream(tagOfToken, first, end).allMatch(tag -> tag == Tags.OUTSIDE)) {
        mark(tagOfToken, first, end, name.type());
      }
    }
    return tagOfToken;
  }

  private void mark(int[] tagOfToken, int first, int end, String type) {
    if (end == first + 1) {
      tagOfToken[first] = tags.of(type, Tags.UNIT);
      return;
    }
    Arrays.fill(tagOfToken, first, end, tags.of(type, Tags.INSIDE));
    tagOfToken[first] = tags.of(type, Tags.BEGIN);
    tagOfToken[end - 1] = tags.of(type, Tags.LAST);
  }

  private static void count(LongList features, LongToIntMap seen) {
    for (int at = 0; at < features.size(); at++) {
      long feature = features.get(at);
      seen.put(feature, seen.get(feature) + 1);
    }
  }

  private void addEvent(LongList features, int tag, LongToIntMap seen, int cutoff) {
    int[] context = new int[features.size()];
    int size = 0;
    for (int at = 0; at < features.size(); at++) {
      long feature = features.get(at);
      if (seen.get(feature) >= cutoff) {
        int number = numbers.get(feature);
        if (number == 0) {
          labels.add(feature);
          number = labels.size();
          numbers.put(feature, number);
        }
        context[size++] = number - 1;
      }
    }
    contexts.add(Arrays.copyOf(context, size));
    outcomes.add(tag);
  }

  @Override
  public int[][] getContexts() {
    return contexts.toArray(int[][]::new);
  }

  @Override
  public int[] getNumTimesEventsSeen() {
    int[] once = new int[contexts.size()];
    Arrays.fill(once, 1);
    return once;
  }

  @Override
  public int[] getOutcomeList() {
    return outcomes.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public String[] getPredLabels() {
    String[] names = new String[labels.size()];
    for (int at = 0; at < names.length; at++) {
      names[at] = Long.toHexString(labels.get(at));
    }
    return names;
  }

  @Override
  public int[] getPredCounts() {
    int[] counts = new int[labels.size()];
    contexts.stream().flatMapToInt(Arrays::stream).forEach(feature -> counts[feature]++);
    return counts;
  }

  @Override
  public String[] getOutcomeLabels() {
    String[] names = new String[tags.size()];
    for (int tag = 0; tag < names.length; tag++) {
      names[tag] = tags.name(tag);
    }
    return names;
  }

  /** Null, which means that every feature has the value 1. */
  @Override
  public float @Nullable [][] getValues() {
    return null;
  }

  @Override
  public int getNumEvents() {
    return contexts.size();
  }

  @Override
  public void init(TrainingParameters parameters, Map<String, String> report) {
    // The constructor does the work.
  }

  @Override
  public void index(ObjectStream<Event> events) {
    throw new UnsupportedOperationException(
        "training data is created from documents, not from events");
  }
}
