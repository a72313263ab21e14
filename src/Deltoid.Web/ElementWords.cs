using System.Globalization;
using Deltoid.Findings;
using Deltoid.Store.Model;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>Elements of the record that hold a claim, in the language of the screen.</summary>
static class ElementWords
{
    public static string Of(int element) => element switch
    {
        1 => T("birth date"),
        2 => T("time given"),
        3 => T("order"),
        4 => T("drug"),
        5 => T("dose"),
        8 => T("site"),
        9 => T("lot number"),
        18 => T("performer"),
        19 => T("supervision"),
        25 => T("separate entry for each injection"),
        32 => T("witness of the waste"),
        _ => Elements.Name(element),
    };

    /// <summary>The missing elements of a claim: site, lot number.</summary>
    public static List<string> MissingOf(StoredClaim claim) =>
        [.. claim.Missing.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(static e => Of(int.Parse(e, CultureInfo.InvariantCulture)))];
}
