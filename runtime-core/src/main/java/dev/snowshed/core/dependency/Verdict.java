package dev.snowshed.core.dependency;

import org.jspecify.annotations.Nullable;

/**
 * What a dependency was found to be, and why.
 *
 * @param strength the finding
 * @param confidence with which it holds, from 0 to 1; 0 if unknown
 * @param evidence what was counted, a sentence
 * @param reason why it is unknown, null if it is known
 */
public record Verdict(
    Strength strength, double confidence, String evidence, @Nullable String reason) {}
