using System.Collections;
using System.Reflection;
using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>
/// The pack that the build makes of the shipped rows: it says what the rows say, and the same rows give the same bytes.
/// </summary>
public sealed class StarterPackTests
{
    static byte[] Rows(string name) =>
        File.ReadAllBytes(Path.Combine(Repository.Root, "src", "Deltoid", "Codes", "Starter", name + ".tsv"));

    static readonly Lazy<CodeBook> Built = new(static () =>
    {
        var builder = new CodeBookBuilder(StarterBook.Version);
        foreach (var name in CodeBookBuilder.Files) builder.Read(name, Rows(name));
        return builder.Build();
    });

    [Fact]
    public void The_same_rows_give_the_same_bytes()
    {
        var pack = Pack.Of(CodeBookBuilder.Pack(StarterBook.Version, StarterBook.Release, Rows));
        Assert.Equal(pack.Manifest.Hash, StarterBook.Pack.Manifest.Hash);
        Assert.True(StarterBook.Pack.IsSound);
    }

    [Fact]
    public void Codes_and_their_rows_are_those_that_were_built()
    {
        var (opened, built) = (StarterBook.Open(), Built.Value);
        Assert.Equal(built.CodeCount, opened.CodeCount);
        Assert.Equal((built.KnownThru, built.Release), (opened.KnownThru, opened.Release));
        for (var id = 0; id < built.CodeCount; id++)
        {
            Assert.Equal((built[id], id), (opened[id], opened.Id(built[id])));
            Assert.Equal(Labels(built, id), Labels(opened, id));
            Assert.True(opened.BillingUnits[id].SequenceEqual(built.BillingUnits[id])
                && opened.Fees[id].SequenceEqual(built.Fees[id])
                && opened.FeeParts[id].SequenceEqual(built.FeeParts[id]));
            Assert.True(opened.UnitLimits[id].SequenceEqual(built.UnitLimits[id])
                && opened.AspLimits[id].SequenceEqual(built.AspLimits[id])
                && opened.Opps[id].SequenceEqual(built.Opps[id]));
            Assert.True(opened.SuccessorsOf[id].SequenceEqual(built.SuccessorsOf[id])
                && opened.AddOns[id].SequenceEqual(built.AddOns[id]));
            foreach (ref readonly var row in built.AddOns[id])
                Assert.True(opened.Parents(row).SequenceEqual(built.Parents(row)));
        }
    }

    static List<string> Labels(CodeBook book, int id)
    {
        var all = new List<string>();
        foreach (ref readonly var row in book.Codes[id])
            all.Add($"{row.Dates} {row.Kind} {row.Groups.Low} {row.Groups.High} {row.Source} {book.LabelOf(row)}");
        return all;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pairs_are_those_that_were_built(bool hospital)
    {
        var (opened, built) = hospital
            ? (StarterBook.Open().HospitalPairs, Built.Value.HospitalPairs)
            : (StarterBook.Open().PractitionerPairs, Built.Value.PractitionerPairs);
        Assert.Equal(built.Count, opened.Count);
        for (var one = 0; one < Built.Value.CodeCount; one++)
            Assert.True(opened.ColumnOne(one).SequenceEqual(built.ColumnOne(one)));
    }

    [Fact]
    public void Diagnoses_are_those_that_were_built()
    {
        var (opened, built) = (StarterBook.Open().DiagnosisTables, Built.Value.DiagnosisTables);
        Assert.Equal(built.Select(static t => (t.Dates, t.Count)), opened.Select(static t => (t.Dates, t.Count)));
        for (var year = 0; year < built.Length; year++)
            for (var i = 0; i < built[year].Count; i++)
                if (built[year][i] != opened[year][i]
                    || !built[year].Utf8LabelAt(i).SequenceEqual(opened[year].Utf8LabelAt(i)))
                    Assert.Fail($"{built[year][i].Code}");
    }

    /// <summary>
    /// Every list that a book has, and every list of every drug, has as many rows, also those of tables that are read
    /// later.
    /// </summary>
    [Fact]
    public void No_small_table_is_left_behind()
    {
        var (opened, built) = (StarterBook.Open(), Built.Value);
        Assert.Equal(Counts(built), Counts(opened));
        for (var i = 0; i < built.Drugs.Count; i++)
            Assert.Equal($"{built.Drugs[i].Name} {Counts(built.Drugs[i])}",
                $"{opened.Drugs[i].Name} {Counts(opened.Drugs[i])}");
        Assert.Equal(built.DrugsBilledAs(Code.Of("J3490")), opened.DrugsBilledAs(Code.Of("J3490")));
        Assert.Equal(built.DrugNamed("toradol")!.Name, opened.DrugNamed("toradol")!.Name);
    }

    static string Counts(object of) =>
        string.Join(' ', of.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(static p => p.GetIndexParameters().Length == 0 && p.PropertyType != typeof(string)
            && typeof(IEnumerable).IsAssignableFrom(p.PropertyType))
        .Select(p => $"{p.Name} {((IEnumerable)p.GetValue(of)!).Cast<object>().Count()}"));

    [Fact]
    public void A_pack_that_was_cut_is_refused()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("deltoid").FullName, "starter.pack");
        File.WriteAllBytes(path, CodeBookBuilder.Pack(StarterBook.Version, StarterBook.Release, Rows)[..^64]);
        Assert.Contains("is cut or damaged", Assert.Throws<InputException>(() => PackFile.Open(path)).Message,
            StringComparison.Ordinal);
    }
}
