using System.IO.Compression;
using System.Text;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>A zip that is dropped is its files, or is refused whole with the entry and the reason.</summary>
public sealed class UnpackedTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                entry.Write(content);
            }
        return bytes.ToArray();
    }

    static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);

    [Fact]
    public void A_file_that_is_no_zip_is_itself() =>
        Assert.Equal("ISA*"u8, Assert.Single(Unpacked.Of("a.835", Text("ISA*"))).Content);

    [Fact]
    public void A_zip_is_its_files_in_order_wherever_they_lie_in_it()
    {
        var zip = Zip(("day/b.835", Text("two")), ("../../a.835", Text("one")), ("__MACOSX/._b.835", [1]),
            ("day/.DS_Store", [1]), ("day/", []));
        Assert.Equal([("z.zip: b.835", "two"), ("z.zip: a.835", "one")],
            Unpacked.Of("z.zip", zip).Select(static f => (f.Name, Encoding.ASCII.GetString(f.Content))));
    }

    /// <summary>Sets the bit that says that an entry is encrypted, in both of its headers.</summary>
    static byte[] Encrypted()
    {
        var zip = Zip(("secret.835", Text("ISA*00*")));
        zip[6] |= 1;
        zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;
        return zip;
    }

    public static TheoryData<string, string> Hostile => new()
    {
        { "empty", "the zip is empty" },
        { "many", "the zip has 1001 files" },
        { "bomb", "the file zeros.835 in it unpacks to more than 100 times its size" },
        { "nested", "the file inner.zip in it is a zip again" },
        { "encrypted", "the file secret.835 in it is encrypted" },
        { "cut", "the zip does not read: it may be cut" },
        { "noise", "the zip does not read: it may be cut" },
    };

    static byte[] Make(string kind) => kind switch
    {
        "empty" => Zip(),
        "many" => Zip([.. Enumerable.Range(0, Unpacked.MostEntries + 1).Select(static i => ($"{i}.835", Text("x")))]),
        "bomb" => Zip(("zeros.835", new byte[200 << 20])),
        "nested" => Zip(("a.835", Text("ISA")), ("inner.zip", Zip(("b.835", Text("ISA"))))),
        "encrypted" => Encrypted(),
        "cut" => Zip(("a.835", Text("ISA*00*")))[..^10],
        _ => [.. "PK\u0003\u0004"u8, .. new byte[100]],
    };

    [Theory, MemberData(nameof(Hostile))]
    public void A_zip_that_does_harm_is_refused_whole(string kind, string says)
    {
        var refused = Assert.Throws<InputException>(() => Unpacked.Of("z.zip", Make(kind)));
        Assert.Equal(says, refused.Message);
        Assert.NotEmpty(refused.Try);
    }

    [Fact]
    public void A_zip_that_says_more_than_it_holds_is_refused()
    {
        var zip = Zip(("a.835", Text(new string('x', 50))));
        zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 24] = 255; // how many bytes come out
        Assert.Throws<InputException>(() => Unpacked.Of("z.zip", zip));
    }

    [Fact]
    public async Task A_zip_of_payments_is_looked_at_file_by_file_and_a_bad_one_says_why()
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        using var bea = await Browsing.As(served.Url, Sample.Biller);
        var good = Zip(("one.835", PaymentFiles.Write(1, new PaidSet("T1", "20260401", [new("X1", "I1")]))),
            ("two.835", PaymentFiles.Write(2, new PaidSet("T2", "20260401", [new("X2", "I2")]))));
        await bea.Drop("/remittances", ("era.zip", good), ("bad.zip", Make("nested")));
        var (_, page) = await bea.Get("/remittances");
        Assert.Contains("The file inner.zip in it is a zip again: unpack it", Browsing.Words(page), StringComparison.Ordinal);
        Assert.Equal(["T1", "T2"], await served.InStore(static db => db.Remittances
            .Where(static r => r.State == RemittanceState.Waiting).OrderBy(static r => r.Trace)
            .Select(static r => r.Trace).ToListAsync(Stop)));
        Assert.Equal(["era.zip: one.835", "era.zip: two.835"], await served.InStore(static db => db.Files
            .OrderBy(static f => f.Name).Select(static f => f.Name).ToListAsync(Stop)));
    }
}
