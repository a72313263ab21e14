using Deltoid.Findings;
using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>Faults of remittances in words, as JSON and the page have them.</summary>
internal static class RemitWords
{
    public static readonly Vocabulary<FaultLevel> Levels = new("level", new(FaultLevel.Line, "line"),
        new(FaultLevel.Claim, "claim"), new(FaultLevel.Set, "set"), new(FaultLevel.Group, "group"),
        new(FaultLevel.Interchange, "interchange"), new(FaultLevel.File, "file"));

    public static string IdOf(RemitFault fault) => fault.OwnId.Length > 0 ? fault.OwnId : fault.Found.Info.Id;

    public static string MessageOf(RemitFault fault, Func<Arg, string> names) =>
        Ended(fault.OwnId.Length > 0 ? fault.OwnMessage : FindingText.Message(fault.Found, names));

    /// <summary>What to do about it; empty where the message says it.</summary>
    public static string RemedyOf(RemitFault fault, Func<Arg, string> names) =>
        fault.OwnId.Length > 0 ? "" : Ended(FindingText.Fix(fault.Found, names));

    static string Ended(string text) => text.Length == 0 || text[^1] is '.' or '?' or '!'
        ? Sentence.Capital(text)
        : Sentence.Capital(text) + ".";
}
