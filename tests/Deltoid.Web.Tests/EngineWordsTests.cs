using Deltoid.Books;
using Deltoid.Coding;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.Rules;
using Deltoid.Store;
using Deltoid.Values;

namespace Deltoid.Web.Tests;

/// <summary>What the engine says has its Spanish by rows, and a text with values is known by its places.</summary>
public sealed class EngineWordsTests
{
    static readonly HashSet<string> known = [.. EngineWords.Rows.Select(static r => r.Key)];

    /// <summary>Names each text without one.</summary>
    static void HasSpanish(IEnumerable<string> texts)
    {
        var missing = texts.Where(static t => t.Length > 0 && !known.Contains(t)).Distinct().ToList();
        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    [Fact]
    public void Every_element_that_a_chart_misses_has_its_Spanish() =>
        HasSpanish(Enumerable.Range(1, 37).Select(Elements.Name));

    [Fact]
    public void Every_finding_of_a_claim_or_a_chart_has_its_Spanish_with_its_fix_and_its_name()
    {
        var all = CodingFindings.All.Concat(Shipped.Edits.Edits.SelectMany(static e => e.Infos)).ToList();
        Assert.True(all.Count > 250, $"{all.Count} findings");
        HasSpanish(all.Concat(Forms.Cms1500Findings.All).Select(static f => f.Message));
        HasSpanish(all.Select(static f => f.Fix?.Text ?? ""));
        HasSpanish(all.Select(static f => f.Name.Replace('-', ' ')));
    }

    [Fact]
    public void Every_cause_of_a_denial_has_its_Spanish_with_what_it_allows_and_forbids()
    {
        var rows = CauseTable.Shipped.All;
        HasSpanish(rows.Select(static r => r.Words));
        HasSpanish(rows.SelectMany(static r => r.Also).Select(static a => a.When));
        HasSpanish(rows.SelectMany(static r => r.Never).Select(static n => n.Why));
        HasSpanish(rows.Select(static r => PracticeFigures.WordsOf(r.Cause)));
        HasSpanish(Enum.GetValues<NextStep>().Select(ResolutionPage.WordsOf));
        HasSpanish(FactKinds.Shipped.All.Select(static f => QuestionWords.FactOf(f.Name)));
    }

    [Fact]
    public void Each_row_has_the_places_of_its_English_and_no_row_is_there_twice()
    {
        Assert.Equal(EngineWords.Rows.Count, known.Count);
        Assert.All(EngineWords.Rows, static row => Assert.Equal(PlacesOf(row.Key), PlacesOf(row.Value)));
        Assert.All(Texts.Ones, static one => Assert.Contains(one.Key, Texts.Spanish.Select(static t => t.Key)));
        // the number itself may be said in a word: yesterday
        Assert.All(Texts.Ones, static one => Assert.All(new[] { one.Value.English, one.Value.Spanish }, said =>
            Assert.Equal(PlacesOf(one.Key).Where(static p => p != "{0}"), PlacesOf(said))));
    }

    static IEnumerable<string> PlacesOf(string text) =>
        SaidPattern.Places().Matches(text).Select(static m => m.Value).Order();

    [Theory]
    [InlineData("site", "sitio")]
    [InlineData("no dose of ketorolac is charted, so its units cannot be counted and its line is held",
        "no hay dosis de ketorolac anotada, así que no se pueden contar sus unidades y su línea queda detenida")]
    [InlineData("Line 2, J1885: no container is charted, so JW or JZ cannot be decided.",
        "Línea 2, J1885: no hay envase anotado, así que no se puede decidir entre JW y JZ.")]
    [InlineData("Line 2: 20 units of J1885 are billed; the charted dose makes 2.",
        "Línea 2: se facturan 20 unidades de J1885; la dosis anotada da 2.")]
    [InlineData("An audit would fail this chart; not charted: order (D-03), site (D-08).",
        "Una auditoría rechazaría este registro; no está anotado: orden (D-03), sitio (D-08).")]
    [InlineData("Chart: site; lot number", "Por anotar: sitio; número de lote")]
    [InlineData("site not charted", "sitio sin anotar")]
    [InlineData("CO-97: a nurse visit is part of the injection. Write it off.",
        "CO-97: una visita de enfermería es parte de la inyección. Delo por perdido.")]
    [InlineData("Eligibility result? It decides: an appeal or nothing to do.",
        "¿Resultado de elegibilidad? De ello depende: una apelación o nada que hacer.")]
    [InlineData("The number is negative. Write it without a sign.", "El número es negativo. Escríbalo sin signo.")]
    [InlineData("J3420-JZ on line 2", "J3420-JZ en la línea 2")]
    [InlineData("CO-16, CO-97", "CO-16, CO-97")]
    public void A_text_is_known_by_its_rows_with_its_values(string english, string spanish) =>
        Assert.Equal(spanish, EngineWords.Spanish(english));

    /// <summary>What people and payers wrote stays as they wrote it, whole.</summary>
    [Theory]
    [InlineData("the nurse called and asked for the order"), InlineData("Is it 20 or 30 mg? Please ask.")]
    [InlineData("site; please look"), InlineData("she left, nobody asked, and so on, for minutes")]
    public void What_no_row_knows_stays_as_it_is(string typed)
    {
        Assert.Null(EngineWords.Spanish(typed));
        Assert.Equal(typed, EngineWords.InLanguage(typed));
    }

    /// <summary>Each finding as the engine fills it, not only as its row is written.</summary>
    [Fact]
    public void A_finding_with_values_is_said_in_Spanish()
    {
        var names = ResultJson.NamesOf(StarterBook.Open());
        var left = new List<string>();
        foreach (var info in CodingFindings.All.Concat(Shipped.Edits.Edits.SelectMany(static e => e.Infos)))
        {
            var said = FindingText.Message(new()
            {
                Info = info, A = Arg.Of(Code.Of("J1885")), B = Arg.Of(Code.Of("96372")), C = Arg.Count(3),
                D = Arg.Count(2),
            }, names);
            if (EngineWords.Spanish(said) is null) left.Add(said);
        }
        Assert.True(left.Count == 0, string.Join('\n', left));
    }
}
