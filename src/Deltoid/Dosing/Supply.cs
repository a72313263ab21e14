using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Values;

namespace Deltoid.Dosing;

/// <summary>Why a dose cannot be counted.</summary>
internal enum DoseFault : byte { None, NotCharted, NotComparable, TooLarge }

/// <summary>What is known of the containers that were opened for a supply.</summary>
internal enum OpeningKind : byte
{
    /// <summary>Opened is given and discarded together.</summary>
    Known,
    /// <summary>As known, and more containers were opened than the doses need one by one.</summary>
    MoreThanNeeded,
    /// <summary>Neither the content of a container nor what was discarded is charted.</summary>
    ContentUnknown,
    /// <summary>Given and discarded together are no whole number of containers.</summary>
    Disagrees,
    /// <summary>Several doses fit into one container or one each, and the chart does not say which.</summary>
    OneOrSeveral,
}

/// <summary>What was opened for a supply, in billing units.</summary>
/// <param name="Dose">The dose, by its index in the supply, that the kind is about.</param>
/// <param name="Charted">Given and discarded as charted.</param>
/// <param name="Opened">What the opened containers hold by their labels.</param>
internal readonly record struct Opening(OpeningKind Kind, int Dose, Ratio Charted, Ratio Opened)
{
    public bool IsKnown => Kind is OpeningKind.Known or OpeningKind.MoreThanNeeded;
}

/// <summary>
/// The doses that make one billed line, counted in the code's billing unit: what was given, opened and discarded, all
/// exact, so that given and discarded together are what was opened however the doses are divided and ordered.
/// </summary>
/// <param name="unit">The code's billing unit.</param>
/// <param name="byFirst">The code counts a product of several drugs by the first of them.</param>
/// <param name="code">The code, by which the content of a package is known from its NDC.</param>
internal sealed class Supply(CodeBook book, Amount unit, bool byFirst = false, Code code = default)
{
    /// <summary>
    /// One dose: how much was given, what its container holds, what was discarded; null where not charted.
    /// </summary>
    sealed record Dose(Administration Charted, Ratio Given, Ratio? Content, Ratio? Discarded);

    readonly List<Dose> doses = [];

    public Amount Unit { get; } = unit;

    public int Count => doses.Count;

    /// <summary>All that was given.</summary>
    public Ratio Given { get; private set; }

    /// <summary>The units of what was given: rounded up, once, over all doses (Pub. 100-04, ch. 17, §10).</summary>
    /// <exception cref="OverflowException">More units than a number holds.</exception>
    public long Units => Given.Ceiling;

    /// <summary>An amount of this supply, to show.</summary>
    public Amount Shown(Ratio units) => new((units * Ratio.Of(Unit.Value)).Shown, Unit.Unit);

    /// <summary>Counts one charted dose in; on a fault the supply stays as it was.</summary>
    public DoseFault Add(Administration charted)
    {
        if (charted.Dose.IsNone) return DoseFault.NotCharted;
        try
        {
            var strength = Strength.Charted(charted, book);
            if (Counted(strength, charted.Dose, charted.DoseOfOthers) is not { } given) return DoseFault.NotComparable;
            var sum = Given + given;
            _ = sum.Ceiling;
            doses.Add(new(charted, given, ContentOf(charted, strength), DiscardedOf(charted, strength)));
            Given = sum;
            return DoseFault.None;
        }
        catch (OverflowException)
        {
            return DoseFault.TooLarge;
        }
    }

    /// <summary>
    /// The drugs of a product that are of the unit's measure, together; the first of them alone where the code counts
    /// so.
    /// </summary>
    Ratio? Counted(Strength strength, Amount first, Amount[] others)
    {
        var sum = strength.Count(first, Unit);
        foreach (var other in others)
        {
            if (sum is not null && byFirst) break;
            if (strength.Count(other, Unit) is { } count) sum = (sum ?? Ratio.Zero) + count;
        }
        return sum;
    }

    /// <summary>The labeled content of one container, as charted or by its NDC.</summary>
    public Ratio? ContentOf(Administration charted) => ContentOf(charted, Strength.Charted(charted, book));

    Ratio? ContentOf(Administration charted, Strength strength)
    {
        var content = Counted(strength, charted.ContainerAmount, charted.ContainerOfOthers);
        if (content is null && Strength.Container(charted, book) is { } vial)
            content = strength.Count(vial.Content, Unit);
        if (content is null && charted.ContainerAmount.IsNone) content = ContentByNdc(charted);
        return content is { } known && known > Ratio.Zero ? known : null;
    }

    /// <summary>How many units of the code one package unit holds, where the book knows the NDC.</summary>
    Ratio? ContentByNdc(Administration charted)
    {
        if (code.IsNone || !Ndc.TryParse(charted.NdcText, out var ndc, out _)) return null;
        var codes = book.Ndcs.Of(ndc);
        for (var i = 0; i < codes.Count; i++)
            if (codes[i].Code == code && codes[i].Units > 0) return Ratio.Of(codes[i].Units, 10_000);
        return null;
    }

    Ratio? DiscardedOf(Administration charted, Strength strength) =>
        charted.NothingDiscarded ? Ratio.Zero
        : charted.Discarded.IsNone ? null
        : strength.Count(charted.Discarded, Unit);

    /// <summary>
    /// What was opened for all doses: containers of one size are one pool, since a container may serve two doses of one
    /// patient.
    /// </summary>
    public Opening Open()
    {
        try
        {
            return OpenAll();
        }
        catch (OverflowException)
        {
            return new(OpeningKind.Disagrees, 0, Given, Given); // amounts beyond any label
        }
    }

    Opening OpenAll()
    {
        var (kind, charted, opened) = (OpeningKind.Known, Ratio.Zero, Ratio.Zero);
        for (var i = 0; i < doses.Count; i++)
        {
            if (doses.FindIndex(d => d.Content == doses[i].Content) < i) continue;
            var pool = doses[i].Content is { } content ? Pool(i, content) : Unlabelled(i);
            if (!pool.IsKnown) return pool;
            if (pool.Kind != OpeningKind.Known) kind = pool.Kind;
            (charted, opened) = (charted + pool.Charted, opened + pool.Opened);
        }
        return new(kind, 0, charted, opened);
    }

    /// <summary>
    /// The doses whose container is not known: opened is what was given and discarded, once both are charted.
    /// </summary>
    Opening Unlabelled(int first)
    {
        var charted = Ratio.Zero;
        for (var i = first; i < doses.Count; i++)
        {
            if (doses[i].Content is not null) continue;
            if (doses[i].Discarded is not { } left) return new(OpeningKind.ContentUnknown, i, charted, charted);
            charted += doses[i].Given + left;
        }
        return new(OpeningKind.Known, first, charted, charted);
    }

    /// <summary>The doses from containers of one size.</summary>
    Opening Pool(int first, Ratio content)
    {
        var pool = doses.FindAll(d => d.Content == content);
        var (given, charted, apart, said, agreeing) = (Ratio.Zero, Ratio.Zero, Ratio.Zero, 0, 0);
        foreach (var dose in pool)
        {
            given += dose.Given;
            charted += dose.Given + (dose.Discarded ?? Ratio.Zero);
            apart += Containers(dose.Given, content);
            if (dose.Discarded is not { } left) continue;
            said++;
            if (IsWhole(dose.Given + left, content)) agreeing++;
        }
        var fits = IsWhole(charted, content);
        if (said == pool.Count && fits)
            return new(charted > apart ? OpeningKind.MoreThanNeeded : OpeningKind.Known, first, charted, charted);
        if (said > 0 && said < pool.Count && agreeing == said) return new(OpeningKind.Known, first, apart, apart);
        if (said > 0)
            return new(fits ? OpeningKind.Known : OpeningKind.Disagrees, first, charted, fits ? charted : apart);
        var isClear = Containers(given, content) == apart || HaveOwnLots(pool);
        return new(isClear ? OpeningKind.Known : OpeningKind.OneOrSeveral, first, charted, apart);
    }

    /// <summary>Each dose has a lot of its own, so a container too.</summary>
    static bool HaveOwnLots(List<Dose> pool)
    {
        for (var i = 0; i < pool.Count; i++)
        {
            var lot = pool[i].Charted.Lot;
            var firstOfLot = pool.FindIndex(d => d.Charted.Lot.Equals(lot, StringComparison.OrdinalIgnoreCase));
            if (lot.Length == 0 || firstOfLot < i) return false;
        }
        return true;
    }

    /// <summary>What as many containers hold as an amount needs, at least one.</summary>
    static Ratio Containers(Ratio amount, Ratio content) => Ratio.Of(Math.Max(1, (amount / content).Ceiling)) * content;

    static bool IsWhole(Ratio amount, Ratio content) => amount > Ratio.Zero && (amount / content).IsWhole;

    /// <summary>Nothing is left of the container: so charted, or the dose is what it holds.</summary>
    public static bool IsUsedUp(Administration charted) =>
        charted.NothingDiscarded
        || (charted.Discarded.IsNone && charted.ContainerAmount.IsComparableTo(charted.Dose)
            && charted.ContainerAmount.Base == charted.Dose.Base);

    /// <summary>The chart says what became of the rest of the container.</summary>
    public static bool IsRestCharted(Administration charted) => !charted.Discarded.IsNone || IsUsedUp(charted);
}
