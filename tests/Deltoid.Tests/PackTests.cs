using Deltoid.Codes;
using Deltoid.Values;
using Deltoid.Codes.Packs;

namespace Deltoid.Tests;

/// <summary>The bytes of a pack: the same rows give the same bytes, and none but these are believed.</summary>
public sealed class PackTests
{
    static byte[] Some(int limit = 4)
    {
        var draft = new PackDraft();
        draft.Sources.Add(new("ncci-mue-practitioner", "MUE", "mue.csv", "00", "2026-10-01",
            DateRange.Of(new(2026, 10, 1), new(2026, 12, 31)), 2, false, false));
        draft.Mues.Add(new(draft.Id(Code.Of("J1885")), DateRange.Of(new(2026, 10, 1)), 8, 0, 3, 0));
        draft.Mues.Add(new(draft.Id(Code.Of("96372")), DateRange.Of(new(2026, 10, 1)), limit, 0, 3, 0));
        draft.PractitionerPairs.Add(Code.Of("96372"), Code.Of("99211"), new(DateRange.Of(new(2020, 10, 1)), 0, 0));
        draft.Modifiers.Add(new(0x4A5A, DateRange.Always, draft.Text("zero drug discarded"), 0));
        return draft.Write();
    }

    [Fact]
    public void What_is_written_comes_back()
    {
        var pack = Pack.Of(Some());
        Assert.True(pack.IsSound);
        Assert.Equal(["96372", "99211", "J1885"], pack.Codes.Span.ToArray().Select(static c => new Code(c).ToString()));
        Assert.Equal([("96372", 4), ("J1885", 8)],
            pack.Column<MueRow>("mue").Span.ToArray().Select(r => (pack.CodeOf(r.Id).ToString(), r.Limit)));
        Assert.Equal("zero drug discarded", pack.TextOf(pack.Column<HcpcsModifierRow>("modifier")[0].Label));
        Assert.Equal("2026-10-01", $"{pack.Manifest.Release:yyyy-MM-dd}");
        Assert.Equal(0, pack.Column<GpciRow>("gpci").Count);
    }

    [Fact]
    public void The_same_rows_give_the_same_bytes_and_others_give_another_name()
    {
        Assert.Equal(Some(), Some());
        Assert.NotEqual(Pack.Of(Some()).Manifest.Hash, Pack.Of(Some(5)).Manifest.Hash);
    }

    [Fact]
    public void Every_changed_byte_is_noticed()
    {
        var bytes = Some();
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = (byte[])bytes.Clone();
            changed[i] ^= 0x40;
            try { Assert.False(Pack.Of(changed).IsSound, $"byte {i}"); }
            catch (InputException e) { Assert.NotEmpty(e.Try); }
        }
    }

    [Fact]
    public void A_changed_head_directory_or_manifest_is_noticed_in_opening()
    {
        var bytes = Some();
        // the manifest ends within so many bytes before the rows
        var rows = Array.FindIndex(bytes, static b => b == (byte)'}') + 64;
        for (var i = 0; i < rows - 64; i++)
        {
            var changed = (byte[])bytes.Clone();
            changed[i] ^= 0x40;
            Assert.Throws<InputException>(() => Pack.Of(changed));
        }
    }

    [Fact]
    public void A_pack_that_is_cut_is_refused()
    {
        var bytes = Some();
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<InputException>(() => Pack.Of(bytes.AsSpan(0, length)));
    }

    [Fact]
    public void A_file_that_fails_is_taken_back_as_a_whole()
    {
        var draft = new PackDraft();
        draft.Sources.Add(new("ncci-mue-practitioner", "MUE", "mue.csv", "00", "", DateRange.Of(new(2026, 10, 1)), 1,
            false, false));
        draft.Mues.Add(new(draft.Id(Code.Of("96372")), DateRange.Always, 4, 0, 3, 0));
        var mark = draft.Mark();
        draft.Mues.Add(new(draft.Id(Code.Of("J1885")), DateRange.Always, 8, 0, 3, 0));
        draft.PractitionerPairs.Add(Code.Of("J0000"), Code.Of("99211"), new(DateRange.Always, 0, 0));
        draft.TakeBack(mark);
        var pack = Pack.Of(draft.Write());
        Assert.Equal(["96372"], pack.Codes.Span.ToArray().Select(static c => new Code(c).ToString()));
    }
}
