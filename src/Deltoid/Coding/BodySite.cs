using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Coding;

internal enum Side : byte { None, Right, Left, Both }

/// <summary>How two charted places on the body relate.</summary>
internal enum Likeness : byte
{
    /// <summary>The chart says too little to know one from the other.</summary>
    Unknown,
    Same,
    Different,
}

/// <summary>A digit, its small joint, and whether it is of hand or foot; each empty when not charted.</summary>
internal readonly record struct Digit(string Number, string Joint, string Of)
{
    public static readonly Digit None = new("", "", "");

    public Likeness Compare(in Digit other)
    {
        return BodySite.All(Compare(Number, other.Number), Compare(Joint, other.Joint), Compare(Of, other.Of));
    }

    static Likeness Compare(string one, string other)
    {
        if (one == other) return Likeness.Same;
        return one.Length == 0 || other.Length == 0 ? Likeness.Unknown : Likeness.Different;
    }
}

/// <summary>
/// A charted place on the body as values: structure, side, digit. Text is read once, and never compared again: "right
/// knee", "rt. knee" and "R knee joint" are one place.
/// </summary>
/// <param name="Structure">A row of the book with a code: a joint, a tendon, a nerve. Null when the words name
/// none.</param>
/// <param name="Region">A row of kind <c>region</c>; null when the words name none.</param>
internal readonly record struct BodySite(SiteRow? Structure, SiteRow? Region, Side Side, Digit Digit)
{
    public const string RegionKind = "region";

    /// <summary>A structure that the code or route names, whatever the words are.</summary>
    public static BodySite Of(SiteRow structure, Side side) => new(structure, null, side, Digit.None);

    /// <summary>Reads folded text; <paramref name="kind"/> says among which structures to look.</summary>
    public static BodySite Read(CodeBook book, string text, string kind)
    {
        var structure = kind == RegionKind ? null : Longest(book, kind, text);
        var digit = new Digit(Term(book, "digit", text), Term(book, "small-joint", text), Term(book, "digit-of", text));
        return new(structure, Longest(book, RegionKind, text), SideOf(book, text), digit);
    }

    /// <summary>The structure whose words are the longest match in the text.</summary>
    static SiteRow? Longest(CodeBook book, string kind, string text)
    {
        var (best, length) = (default(SiteRow), 0);
        foreach (var row in book.Sites)
        {
            if (row.Kind != kind) continue;
            if (Phrase.Match(text, row.Words) is var match && match > length) (best, length) = (row, match);
        }
        return best;
    }

    /// <summary>The value of a term, by the longest match; empty when no word of it is in the text.</summary>
    public static string Term(CodeBook book, string kind, string text)
    {
        var (best, length) = ("", 0);
        foreach (var row in book.Terms)
        {
            if (row.Kind != kind) continue;
            if (Phrase.Match(text, row.Words) is var match && match > length) (best, length) = (row.Value, match);
        }
        return best;
    }

    /// <summary>Whether the text has a word of the term's value.</summary>
    public static bool HasTerm(CodeBook book, string kind, string value, string text)
    {
        foreach (var row in book.Terms)
            if (row.Kind == kind && row.Value == value && Phrase.Match(text, row.Words) > 0) return true;
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
        var isOneKind = Structure is not null && Structure.Kind == other.Structure?.Kind;
        var structure = isOneKind ? Of(Structure, other.Structure) : Of(Region, other.Region);
        return All(structure, Of(Side, other.Side), Digit.Compare(other.Digit));
    }

    /// <summary>What this place does not say, as the other says it.</summary>
    public BodySite Completed(in BodySite other) => new(
        Structure ?? other.Structure, Region ?? other.Region, Side == Side.None ? other.Side : Side,
        Digit == Digit.None ? other.Digit : Digit);

    /// <summary>One difference makes two; one thing unknown leaves it open.</summary>
    public static Likeness All(params ReadOnlySpan<Likeness> parts)
    {
        if (parts.Contains(Likeness.Different)) return Likeness.Different;
        return parts.Contains(Likeness.Unknown) ? Likeness.Unknown : Likeness.Same;
    }

    static Likeness Of(SiteRow? one, SiteRow? other)
    {
        if (one is null || other is null) return Likeness.Unknown;
        return ReferenceEquals(one, other) ? Likeness.Same : Likeness.Different;
    }

    static Likeness Of(Side one, Side other)
    {
        if (one == Side.None || other == Side.None) return Likeness.Unknown;
        return one == other || one == Side.Both || other == Side.Both ? Likeness.Same : Likeness.Different;
    }
}

/// <summary>What guided the needle, as charted in the field for it, else in the words of the site.</summary>
/// <param name="By">A value of the terms of kind <c>guidance</c>: fluoroscopy, ct, ultrasound; empty when none is
/// charted.</param>
internal readonly record struct Guidance(string By, bool HasImage, bool DeniesImage)
{
    static readonly string[] Kinds = ["fluoroscopy", "ct", "ultrasound"];

    public static Guidance Of(CodeBook book, Given given)
    {
        var text = given.GuidanceWords;
        var by = Array.Find(Kinds, kind => BodySite.HasTerm(book, "guidance", kind, text)) ?? "";
        var denies = BodySite.HasTerm(book, "guidance", "no-image", text);
        var isNone = by.Length == 0 || (!denies && BodySite.HasTerm(book, "guidance", "none", text));
        if (isNone) return new("", false, false);
        return new(by, !denies && BodySite.HasTerm(book, "guidance", "image", text), denies);
    }
}
