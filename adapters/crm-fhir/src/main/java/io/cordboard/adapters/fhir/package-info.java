/**
 * FHIR R4: patients, the contacts with them, tasks, care plans and orders. {@link FhirAdapter} reads the configuration,
 * {@link FhirCrm} does what is asked for, the {@link Shape}s say how a resource becomes a record and back.
 */
@NullMarked
package io.cordboard.adapters.fhir;

import org.jspecify.annotations.NullMarked;
