/** Odoo: its contacts, orders, leads, activities, notes and tasks. */
@NullMarked
package io.cordboard.adapters.odoo;

import org.jspecify.annotations.NullMarked;
