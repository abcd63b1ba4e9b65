/**
 * The pipeline and what it is told: options, settings files and their validation on the way in, the
 * summary on the way out.
 */
package org.irisgraph.pipeline;
