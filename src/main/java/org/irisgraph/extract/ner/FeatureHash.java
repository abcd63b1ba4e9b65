package org.irisgraph.extract.ner;

/** Stable hashes, which identify features in model files. */
final class FeatureHash {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private FeatureHash() {}

  /** Hashes characters by FNV-1a over UTF-16 code units. */
  static long of(CharSequence text) {
    return of(text, 0, text.length());
  }

  /** Hashes the characters {@code start} to {@code end}. */
  static long of(CharSequence text, int start, int end) {
    long hash = FNV_OFFSET;
    for (int at = start; at < end; at++) {
      hash = (hash ^ text.charAt(at)) * FNV_PRIME;
    }
    return hash;
  }

  /** Combines two hashes in this order with the finalizer of SplitMix64. */
  static long of(long first, long second) {
    long hash = first * 0x9e3779b97f4a7c15L + second;
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }

  static long of(long first, long second, long third) {
    return of(of(first, second), third);
  }
}
