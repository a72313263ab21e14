using System.Globalization;
using Deltoid.Findings;
using Deltoid.Store.Model;

namespace Deltoid.Web;

/// <summary>Elements of the record that hold a claim, in the language of the screen.</summary>
static class ElementWords
{
    public static string Of(int element) => EngineWords.InLanguage(Elements.Name(element));

    /// <summary>The missing elements of a claim: site, lot number.</summary>
    public static List<string> MissingOf(StoredClaim claim) =>
        [.. claim.Missing.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(static e => Of(int.Parse(e, CultureInfo.InvariantCulture)))];
}
