/** Text tables as spreadsheets write them. */
@NullMarked
package io.cordboard.core.profile.csv;

import org.jspecify.annotations.NullMarked;
