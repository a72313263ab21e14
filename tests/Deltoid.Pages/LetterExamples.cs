using System.Text;
using System.Text.RegularExpressions;
using Deltoid.Books;
using Deltoid.Claims;
using Deltoid.Remits;
using Deltoid.Results;
using Deltoid.Results.Letters;

namespace Deltoid.Pages;

/// <summary>
/// docs/letters.md: a <c>denied</c> fence (<see cref="DenialNotation"/>) is a case, the <c>letter</c> fence under it
/// what <c>deltoid letter</c> writes of it. The words after <c>denied</c> are the kind that is asked for.
/// </summary>
internal static partial class LetterExamples
{
    [GeneratedRegex(@"```denied ?(?<kind>[a-z-]*)\n(?<case>.*?)```\n```letter\n.*?```", RegexOptions.Singleline)]
    private static partial Regex Example();

    /// <summary>The cases of a page, with the kind of letter that each asks for.</summary>
    public static IEnumerable<(DeniedClaim Case, LetterKind? Asked)> CasesOf(string markdown) =>
        Example().Matches(markdown).Select(static m => (Read(m.Groups["case"].Value), Asked(m)));

    /// <summary>The page with each letter as it comes out now.</summary>
    public static string Refreshed(string markdown)
    {
        var desk = new LetterDesk(StarterBook.Open());
        return Example().Replace(markdown, m =>
        {
            var (kind, text) = (m.Groups["kind"].Value, m.Groups["case"].Value);
            return $"```denied{(kind.Length > 0 ? " " + kind : "")}\n{text}```\n```letter\n"
                + $"{Print(desk, Read(text), Asked(m))}```";
        });
    }

    static LetterKind? Asked(Match example) =>
        Letter.Kinds.TryRead(example.Groups["kind"].Value, out var kind) ? kind : null;

    /// <summary>A case with the names and the address that a letter needs; all made up.</summary>
    public static DeniedClaim Read(string text)
    {
        var of = DenialNotation.Read(text);
        void Set(Party party, PartyField field, string value) =>
            of.Claim!.Set(party, field, Encoding.UTF8.GetBytes(value));
        Set(Party.Billing, PartyField.Name, "SAMPLE FAMILY PRACTICE");
        Set(Party.Billing, PartyField.Address, "12 ELM STREET");
        Set(Party.Billing, PartyField.City, "SPRINGFIELD");
        Set(Party.Billing, PartyField.State, "IL");
        Set(Party.Billing, PartyField.Zip, "62701");
        Set(Party.Subscriber, PartyField.Name, "SAMPLE");
        Set(Party.Subscriber, PartyField.First, "PAT");
        return of;
    }

    static string Print(LetterDesk desk, DeniedClaim of, LetterKind? asked)
    {
        var why = desk.Write(of, asked, out var letter);
        if (letter is null) return $"no letter: {why}\n";
        var text = new StringBuilder();
        LetterText.Write(letter, new TextPage(part => text.Append(part), Color: false));
        return text.ToString();
    }
}
