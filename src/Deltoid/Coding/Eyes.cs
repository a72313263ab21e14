using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>Injections into and around the eye: the code by route, the side by the chart (INJ-025, INJ-026).</summary>
internal static class Eyes
{
    static readonly SiteRow Eye = new([], "eye", default, default, "", default);

    public static void Bill(Case visit)
    {
        foreach (var given in SiteProcedures.SidesFirst(visit))
        {
            if (given.Service != Service.Eye) continue;
            var code = given.Charted.Route switch
            {
                Route.Subconjunctival => Known.Subconjunctival,
                Route.SubTenon => Known.SubTenon,
                Route.Retrobulbar => Known.Retrobulbar,
                _ => Known.Intravitreal,
            };
            visit.Ask(given, Questions.Target, Answer.Value, given.At(Field.Route), Arg.Of(code), value: Arg.Of(code));
            given.Where = BodySite.Of(Eye, given.Where.Side);
            SiteProcedures.AddStructure(visit, given, code);
        }
    }
}
