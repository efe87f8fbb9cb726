/** FHIR R4: patients, and what is done for them. */
@NullMarked
package io.cordboard.adapters.fhir;

import org.jspecify.annotations.NullMarked;
