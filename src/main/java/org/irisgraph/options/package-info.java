/** The options: their declarations, defaults, settings files, flags. */
package org.irisgraph.options;
