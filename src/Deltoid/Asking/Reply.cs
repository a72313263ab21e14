namespace Deltoid.Asking;

/// <summary>
/// What comes back to a question. Ask: nothing holds without the facts that are asked for. Unknown: outside the rules,
/// or nobody has published it. Refuse: it asks for what would not be true.
/// </summary>
internal enum ReplyKind : byte { Answer, Ask, Unknown, Refuse }

/// <summary>Where a sentence of an answer stands.</summary>
/// <param name="Date">The first day of the rule; else the day of its edition; else the day it was applied for.</param>
/// <param name="Rule">The id of our row; empty for a row of a published table.</param>
/// <param name="Source">The id of the document.</param>
internal sealed record Cited(string Authority, string Section, string Url, DateOnly Date, string Rule, string Source);

/// <summary>A fact that is missing, and what it decides.</summary>
internal sealed record Missing(string Fact, string Why);

/// <summary>A code, number or price of an answer, with the edition that it was taken from.</summary>
/// <param name="From">The first day of its row; empty where the row has none.</param>
internal sealed record Stated(string Of, string What, string Value, string From, string Edition);

/// <summary>The whole of an answer. Every code, number and date of its text stands among its facts.</summary>
/// <param name="Intent">The row of intents.tsv that it was answered by.</param>
internal sealed record Reply(ReplyKind Kind, string Text, IReadOnlyList<Cited> Citations, IReadOnlyList<Missing> Asks,
    IReadOnlyList<Stated> Facts, string Intent);
