using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Coding;

internal enum Side : byte { None, Right, Left, Both }

/// <summary>How two charted places on the body relate.</summary>
internal enum Likeness : byte
{
    /// <summary>The chart says too little to tell one from the other.</summary>
    Unknown,
    Same,
    Different,
}

/// <summary>
/// A charted place on the body as values: structure, side, digit. Text is read once, and never compared again: "right knee",
/// "rt. knee" and "R knee joint" are one place.
/// </summary>
/// <param name="Structure">A row of the book with a code: a joint, a tendon, a nerve. Null when the words name none.</param>
/// <param name="Region">A row of kind <c>region</c>; null when the words name none.</param>
/// <param name="Digit">Digit, small joint, and whether of hand or foot; each empty when not charted.</param>
internal readonly record struct BodySite(SiteRow? Structure, SiteRow? Region, Side Side, (string Number, string Joint, string Of) Digit)
{
    public const string AnyKind = "", RegionKind = "region";

    /// <summary>Reads folded text; <paramref name="kind"/> says among which structures to look.</summary>
    public static BodySite Read(CodeBook book, string text, string kind)
    {
        var region = Longest(book, RegionKind, text);
        var structure = kind == RegionKind ? null : Longest(book, kind, text);
        return new(structure, region, SideOf(book, text), (Term(book, "digit", text), Term(book, "small-joint", text), Term(book, "digit-of", text)));
    }

    /// <summary>The structure whose words are the longest match in the text.</summary>
    static SiteRow? Longest(CodeBook book, string kind, string text)
    {
        SiteRow? best = null;
        var length = 0;
        foreach (var row in book.Sites)
            if (IsOfKind(row, kind) && Phrase.Match(text, row.Words) is var match && match > length) (best, length) = (row, match);
        return best;
    }

    static bool IsOfKind(SiteRow row, string kind) => kind == AnyKind ? row.Kind != RegionKind : row.Kind == kind;

    /// <summary>The value of a term, by the longest match; empty when no word of it stands in the text.</summary>
    public static string Term(CodeBook book, string kind, string text)
    {
        var (best, length) = ("", 0);
        foreach (var row in book.Terms)
            if (row.Kind == kind && Phrase.Match(text, row.Words) is var match && match > length) (best, length) = (row.Value, match);
        return best;
    }

    /// <summary>Whether the text has a word of the term's value.</summary>
    public static bool HasTerm(CodeBook book, string kind, string value, string text)
    {
        foreach (var row in book.Terms) if (row.Kind == kind && row.Value == value && Phrase.Match(text, row.Words) > 0) return true;
        return false;
    }

    public static Side SideOf(CodeBook book, string text)
    {
        if (HasTerm(book, "side", "both", text)) return Side.Both;
        var (right, left) = (HasTerm(book, "side", "right", text), HasTerm(book, "side", "left", text));
        return right && left ? Side.Both : right ? Side.Right : left ? Side.Left : Side.None;
    }

    /// <summary>Whether the other is the same place, by values alone.</summary>
    public Likeness Compare(in BodySite other)
    {
        var structure = Structure is { } mine && other.Structure is { } theirs && mine.Kind == theirs.Kind ? Of(mine, theirs) : Of(Region, other.Region);
        if (structure == Likeness.Different) return Likeness.Different;
        var side = Side == Side.None || other.Side == Side.None ? Likeness.Unknown
            : Side == other.Side || Side == Side.Both || other.Side == Side.Both ? Likeness.Same : Likeness.Different;
        if (side == Likeness.Different) return Likeness.Different;
        var digit = Of(Digit.Number, other.Digit.Number, Of(Digit.Joint, other.Digit.Joint, Of(Digit.Of, other.Digit.Of, Likeness.Same)));
        if (digit == Likeness.Different) return Likeness.Different;
        return structure == Likeness.Same && side == Likeness.Same && digit == Likeness.Same ? Likeness.Same : Likeness.Unknown;
    }

    /// <summary>What this place does not say, as the other says it.</summary>
    public BodySite Completed(in BodySite other) =>
        new(Structure ?? other.Structure, Region ?? other.Region, Side == Side.None ? other.Side : Side, Digit is ("", "", "") ? other.Digit : Digit);

    static Likeness Of(SiteRow? one, SiteRow? other) =>
        one is null || other is null ? Likeness.Unknown : ReferenceEquals(one, other) ? Likeness.Same : Likeness.Different;

    static Likeness Of(string one, string other, Likeness sofar)
    {
        if (sofar == Likeness.Different || one == other) return sofar;
        return one.Length == 0 || other.Length == 0 ? Likeness.Unknown : Likeness.Different;
    }
}

/// <summary>What guided the needle, as charted in the field for it, else in the words of the site.</summary>
internal readonly record struct Guidance(string By, bool HasImage, bool DeniesImage)
{
    public static Guidance Of(CodeBook book, Given given)
    {
        var text = DrugName.Fold(given.Charted.Guidance.Length > 0 ? given.Charted.Guidance : given.Charted.Target + " " + given.Charted.Site);
        var by = "";
        foreach (var value in Kinds) if (by.Length == 0 && BodySite.HasTerm(book, "guidance", value, text)) by = value;
        var denies = BodySite.HasTerm(book, "guidance", "no-image", text);
        if (by.Length == 0 || (!denies && BodySite.HasTerm(book, "guidance", "none", text))) return new("", false, false);
        return new(by, !denies && BodySite.HasTerm(book, "guidance", "image", text), denies);
    }

    static readonly string[] Kinds = ["fluoroscopy", "ct", "ultrasound"];
}
