package org.irisgraph.source;

import java.io.Serializable;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.irisgraph.document.SourceFile;
import org.irisgraph.graph.Failure;

/**
 * What a look at the input found to be new or changed.
 *
 * @param file the file, or whatever stands where files may be
 * @param failure why it cannot be looked at; null if it can be read
 */
record FileChange(SourceFile file, @Nullable Failure failure) implements Serializable {}
