using System.Globalization;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Claims;

/// <summary>
/// From an X12 finding back to the field of claim JSON that mends it: for those who write claims and hear from the
/// guide's checks what is missing.
/// </summary>
internal static class ClaimPaths
{
    static readonly string[] Parties =
        ["billingProvider", "renderingProvider", "supervisingProvider", "orderingProvider", "referringProvider",
            "serviceFacility", "attendingProvider", "subscriber", "patient"];

    /// <summary>
    /// A JSON pointer such as <c>/billingProvider/npi</c>; an option of the command such as <c>--phone</c> where no
    /// claim says it; empty where neither does.
    /// </summary>
    public static string Of(in Finding finding)
    {
        if (finding.A.Kind != ArgKind.Row || ClaimSets.Lettered((char)finding.A.Extra) is not { } guide
            || guide.SegmentOf((int)finding.A.Value) is var index && index < 0)
            return "";
        var segment = guide.Segments[index];
        return segment.Section == Section.Header
            ? OptionOf(guide.Loops[segment.Loop].Name, segment.Name, finding.Source.Element)
            : PathOf(segment, finding);
    }

    static string OptionOf(string loop, string segment, int element) => (loop, segment, element) switch
    {
        ("1000A", "NM1", 9) => "--sender",
        ("1000A", "NM1", _) => "--submitter",
        ("1000A", "PER", 2) => "--contact",
        ("1000A", "PER", _) => "--phone",
        ("1000B", "NM1", 9) => "--receiver",
        ("1000B", _, _) => "--receiver-name",
        _ => "",
    };

    static string PathOf(SegmentRow segment, in Finding finding)
    {
        var (element, component) = (finding.Source.Element, finding.Source.Component);
        var party = "/" + Parties[segment.Owner];
        var line = finding.Place.Line > 0
            ? string.Create(CultureInfo.InvariantCulture, $"/lines/{finding.Place.Line - 1}")
            : "/lines";
        return (ClaimAction)segment.Action switch
        {
            ClaimAction.Name => party + element switch
            {
                4 => "/first",
                5 => "/middle",
                7 => "/suffix",
                8 or 9 => (Party)segment.Owner is Party.Subscriber or Party.Patient ? "/memberId" : "/npi",
                _ => "/name"
            },
            ClaimAction.Street => party + "/address/line",
            ClaimAction.City =>
                party + element switch { 2 => "/address/state", 3 => "/address/zip", _ => "/address/city" },
            ClaimAction.Tax => party + "/taxId",
            ClaimAction.Taxonomy => party + "/taxonomy",
            ClaimAction.Phone => party + "/phone",
            ClaimAction.Demographics => party + (element == 3 ? "/sex" : "/birthDate"),
            ClaimAction.PatientRelation => party + "/relationship",
            ClaimAction.Subscriber => element switch
            {
                1 => "/payer/responsibility", 2 => "/patient", 3 => party + "/group", 4 => party + "/plan",
                _ => "/payer/filing"
            },
            ClaimAction.Payer => element is 8 or 9 ? "/payer/id" : "/payer/name",
            ClaimAction.Claim =>
            element switch { 2 => "/charge",
                    5 => component == 3 ? "/frequency" : finding.A.Extra == 'I' ? "/typeOfBill" : "/placeOfService",
                    6 => "/statements/signature", 7 => "/statements/assignment", 8 => "/statements/benefits",
                    9 => "/statements/release", 10 => "/statements/patientSignature", _ => "/id" },
            ClaimAction.Statement => "/visitDate",
            ClaimAction.Admission =>
                element switch { 2 => "/admission/source", 3 => "/admission/status", _ => "/admission/type" },
            ClaimAction.Authorization => "/priorAuthorization",
            ClaimAction.Original => "/originalReference",
            ClaimAction.Clia => "/clia",
            ClaimAction.Diagnoses => "/diagnoses",
            ClaimAction.Professional => line + element switch
            {
                1 => component is > 2 and < 7 ? "/modifiers" : component == 7 ? "/narrative" : "/code",
                2 => "/charge",
                4 => "/units",
                5 => "/placeOfService",
                7 => "/diagnoses",
                _ => ""
            },
            ClaimAction.Institutional => line + element switch
            {
                1 => "/revenueCode",
                2 => component is > 2 and < 7 ? "/modifiers" : "/code",
                3 => "/charge",
                5 => "/units",
                _ => ""
            },
            ClaimAction.ServiceDate => line + "/date",
            ClaimAction.Control => line + "/control",
            ClaimAction.Drug => line + "/ndc/code",
            ClaimAction.DrugQuantity => line + (element == 5 ? "/ndc/unit" : "/ndc/quantity"),
            _ => "",
        };
    }
}
