/** What came of the turns of programs, and its forms: text, JSON and charts. */
package dev.millrace.distribution.comparison.report;
