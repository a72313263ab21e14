using Deltoid.Batch;
using Deltoid.Claims;
using Deltoid.Coding;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Forms;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>What a kind of finding knows of itself, and the key by which one is found again.</summary>
public sealed class FindingKindsTests
{
    static Finding Of(string id, Place place, int otherLine = 0) => new()
    {
        Info = new()
        {
            Id = id, Name = "test", Severity = Severity.Info, Citation = new(Authority.Blog, ""), Message = ""
        },
        Place = place, OtherLine = otherLine,
    };

    /// <summary>Stored keys must stay: each is counted by hand (FNV-1a) from the text beside it.</summary>
    [Fact]
    public void Keys_are_made_of_names()
    {
        var claim = new Claim();
        claim.Set(ClaimText.Id, "A-1"u8);
        for (var number = 1; number <= 2; number++) claim.AddLine().Code = Code.Of("J1885");
        var keys = new FindingKey(claim);
        // A-1, the mark of a line FF twice, HIP0008, Charge, None, None, the ordinal 0
        Assert.Equal("d7cb558be74c8989", keys.Of(Of("HIP0008", Place.OfClaim(Field.Charge))));
        // A-1, FF J1885 and one before it, FF J1885 and none before it, DRG0110, Units, None, None
        Assert.Equal("0e05bee7d63845f5", keys.Of(Of("DRG0110", Place.OfLine(2, Field.Units), otherLine: 1)));
        // A-1, FF twice, CHT0001, None, Administration, Dose, the ordinal 2
        Assert.Equal("7423fe2fe16dccfd", keys.Of(Of("CHT0001", Place.Of(Part.Administration, 2, Field.Dose))));
    }

    [Fact]
    public void A_kind_names_its_maker()
    {
        Assert.All(FindingHelp.OfX12, static info => Assert.Equal(Maker.File, info.Maker));
        Assert.All(Cms1500Findings.All, static info => Assert.Equal(Maker.Form, info.Maker));
        Assert.All(CodingFindings.All, static info => Assert.True(info.Maker is Maker.Coding or Maker.Drug, info.Id));
        Assert.All(Shipped.Edits.Edits.SelectMany(static e => e.Infos),
            static info => Assert.True(info.Maker is Maker.Edit or Maker.Checklist, info.Id));
    }

    /// <summary>All kinds of an edit that `check` runs have a type, and only those of X12 have a 999 code.</summary>
    [Fact]
    public void Kinds_that_check_can_report_have_a_type_of_testing()
    {
        Assert.All(CheckEdits.Set.Edits.SelectMany(static e => e.Infos),
            static info => Assert.True(info.Snip is 5 or 7, info.Id));
        Assert.All(FindingHelp.OfX12, static info => Assert.InRange(info.Snip, 1, 4));
        Assert.All(FindingHelp.OfX12.Where(static i => i.Ack.Level != AckLevel.None),
            static info => Assert.Equal(Severity.Error, info.Severity));
    }
}
