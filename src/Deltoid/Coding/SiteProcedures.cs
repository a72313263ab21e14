using System.Globalization;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// Injections that are procedures by where they go (INJ-015 to INJ-032): the order in which they are billed, and what
/// all of them share: one line for a structure, 50 for both sides, XS for another structure.
/// </summary>
internal static class SiteProcedures
{
    public static void Bill(Case visit)
    {
        Spine.Bill(visit);
        OwnRoutes.Bill(visit);
        Chemodenervation.Bill(visit);
        Structures.Bill(visit, Service.Joint, "joint");
        Structures.Bill(visit, Service.Tendon, "tendon");
        Structures.Bill(visit, Service.Nerve, "nerve");
        Structures.Bill(visit, Service.Epidural, Structures.Epidural);
        TriggerPoints.Bill(visit);
        Eyes.Bill(visit);
        Lesions.Bill(visit);
        BillAllergens(visit);
        foreach (var given in visit.Givens) BillSingle(visit, given);
    }

    /// <summary>
    /// Entries with a charted side before those without, so that the order of the chart changes no line.
    /// </summary>
    public static IEnumerable<Given> SidesFirst(Case visit) =>
        visit.Givens.OrderBy(static g => g.Where.Side == Side.None);

    /// <summary>A charted procedure says its side in its site, where the code takes one.</summary>
    public static void MarkCharted(Case visit, Draft draft, Place at)
    {
        var side = draft.Where.Side;
        if (side != Side.None && !HasSide(draft) && IsBilateral(visit, draft.Code)) Mark(visit, draft, at, side);
    }

    /// <summary>Whether the code takes RT, LT or 50 (PFS bilateral indicator 1).</summary>
    public static bool IsBilateral(Case visit, Code code)
    {
        // the hospital's code has no indicator of its own
        foreach (var row in visit.Book.Sites)
            if (!row.Facility.IsNone && row.Facility == code) code = row.Guided;
        return visit.Book.TryFee(code, visit.Date, out var fee) && fee.Bilateral == 1;
    }

    /// <summary>Whether a joint or eye injection was charted once for both sides.</summary>
    public static bool IsBothSides(Given given) =>
        given.Service is Service.Joint or Service.Eye && given.Where.Side == Side.Both;

    /// <summary>RT, LT or 50 of an injection into the eye; none of any other.</summary>
    public static Modifier EyeSide(Given given) =>
        given.Service == Service.Eye ? ModifierOf(given.Where.Side) : default;

    static Modifier ModifierOf(Side side) =>
        side switch { Side.Right => Modifier.RT, Side.Left => Modifier.LT, Side.Both => Modifier.M50, _ => default };

    /// <summary>
    /// One unit for a joint (or nerve) however many punctures; both sides are 50 on one line; another structure is
    /// another line. What cannot be kept apart is one, and is asked.
    /// </summary>
    public static void AddStructure(Case visit, Given given, Code code)
    {
        var same = visit.Drafts.FindAll(d => d.Code == code);
        var line = same.Find(l => l.Where.Compare(given.Where) == Likeness.Same);
        if (line is null && same.Find(l => l.Where.Compare(given.Where) == Likeness.Unknown) is { } unknown)
        {
            line = unknown;
            visit.Say(CodingFindings.SameOrAnother, given.At(Field.Site), Arg.Of(code));
        }
        var isOfDigit = !DigitModifier(visit, given.Where, given.Where.Side).IsNone;
        var other = IsBilateral(visit, code) && !isOfDigit ? same.Find(l => IsOtherSide(l.Where, given.Where)) : null;
        if (line is not null) line.Givens.Add(given);
        else if (other is not null) Widen(visit, other, given);
        else AddLine(visit, given, code, same.Count > 0);
    }

    static bool IsOtherSide(in BodySite one, in BodySite other) =>
        (one.Side, other.Side) is (Side.Right, Side.Left) or (Side.Left, Side.Right)
        && (one with { Side = other.Side }).Compare(other) == Likeness.Same;

    static void Widen(Case visit, Draft line, Given given)
    {
        line.Givens.Add(given);
        line.Where = line.Where with { Side = Side.Both };
        line.Modifiers = line.Modifiers.Without(Modifier.RT).Without(Modifier.LT).With(Modifier.M50);
        visit.Ask(line, Questions.Side, Answer.Yes, given.At(Field.Site), Arg.Of(Modifier.M50));
    }

    static void AddLine(Case visit, Given given, Code code, bool isFurther)
    {
        var draft = visit.Bill(given, code);
        var digit = DigitModifier(visit, given.Where, given.Where.Side);
        // another digit says by itself that it is another structure
        var isTold = !digit.IsNone && IsBilateral(visit, code)
            && !visit.Drafts.Exists(d =>
                d != draft && d.Code == code && (d.Modifiers.Has(digit) || !HasDigit(visit, d)));
        if (isFurther && !isTold) MarkDistinct(visit, draft, given.At(Field.Site));
        MarkSide(visit, draft, given, given.Where.Side);
    }

    static bool HasDigit(Case visit, Draft draft) => !DigitModifier(visit, draft.Where, draft.Where.Side).IsNone;

    /// <summary>
    /// FA to F9, TA to T9 where the injection is into a digit and the chart says which: the most specific modifier of
    /// place (NCCI manual I-E). None where the structure is not a digit's, or hand, number or side is not charted.
    /// </summary>
    static Modifier DigitModifier(Case visit, in BodySite where, Side side)
    {
        if (where.Structure is not { } structure || side is Side.None or Side.Both) return default;
        if (where.Digit is not { Number: [var number], Of.Length: > 0 } digit) return default;
        if (!BodySite.HasTerm(visit.Book, "digit-of", digit.Of, DrugName.Fold(string.Join(' ', structure.Words))))
            return default;
        var place = number - '1' + (side == Side.Right ? 5 : 0);
        return Modifier.Of((digit.Of == "hand" ? "F" : "T")
            + (place == 0 ? "A" : place.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>A second line of one code, for another structure or side.</summary>
    public static void MarkDistinct(Case visit, Draft draft, Place at)
    {
        var modifier = visit.Profile.RepeatDistinct == Payers.RepeatStyle.M59 ? Modifier.M59 : Modifier.XS;
        draft.Modifiers = draft.Modifiers.With(modifier);
        visit.Ask(draft, Questions.OtherStructure, Answer.Yes, at);
        visit.Ask(draft, Questions.Repeat, Answer.Yes, at, Arg.Of(modifier));
    }

    /// <summary>The side of a line whose code takes one; a side that is not charted is asked.</summary>
    public static void MarkSide(Case visit, Draft draft, Given given, Side side)
    {
        if (HasSide(draft) || !IsBilateral(visit, draft.Code)) return;
        if (side == Side.None) visit.Say(CodingFindings.SideNotCharted, given.At(Field.Site), Arg.Of(draft.Code));
        else if (DigitModifier(visit, draft.Where, side) is { IsNone: false } digit)
            Put(visit, draft, given.At(Field.Site), digit, Questions.Digit);
        else
            Mark(visit, draft, given.At(Field.Site), side);
    }

    static bool HasSide(Draft draft) =>
        draft.Modifiers.Has(Modifier.RT) || draft.Modifiers.Has(Modifier.LT) || draft.Modifiers.Has(Modifier.M50)
            || HasDigitModifier(draft);

    /// <summary>FA to F9 and TA to T9.</summary>
    static bool HasDigitModifier(Draft draft)
    {
        for (var i = 0; i < Modifiers.Max; i++)
            if (draft.Modifiers[i].ToString() is ['F' or 'T', 'A' or (>= '1' and <= '9')]) return true;
        return false;
    }

    static void Mark(Case visit, Draft draft, Place at, Side side) =>
        Put(visit, draft, at, ModifierOf(side), Questions.Side);

    static void Put(Case visit, Draft draft, Place at, Modifier modifier, Question question)
    {
        draft.Modifiers = draft.Modifiers.With(modifier);
        visit.Ask(draft, question, Answer.Yes, at, Arg.Of(modifier));
    }

    /// <summary>95115 for one injection, 95117 for two or more: once, with no drug line of its own.</summary>
    static void BillAllergens(Case visit)
    {
        var all = visit.Givens.FindAll(g => g.Service == Service.Allergen);
        if (all.Count == 0) return;
        visit.Bill(all[0], all.Count == 1 ? Known.AllergenOne : Known.AllergenMore).Givens.AddRange(all.Skip(1));
        foreach (var given in all) given.BillsDrug = false;
    }

    static void BillSingle(Case visit, Given given)
    {
        switch (given.Service)
        {
            case Service.OnBody: visit.Bill(given, Known.OnBody); break;
            case Service.Declotting: visit.Bill(given, Known.Declotting); break;
            case Service.SkinTest:
                visit.Bill(given, Known.TuberculinTest);
                given.BillsDrug = false;
                visit.Say(CodingFindings.TestReading, given.At(Field.None), Arg.Of(Known.TuberculinTest));
                break;
        }
    }
}
