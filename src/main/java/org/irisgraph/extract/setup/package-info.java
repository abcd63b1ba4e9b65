/** Makes the extractors that the settings ask for. */
package org.irisgraph.extract.setup;
