using System.Security.Cryptography;
using System.Text;
using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Deltoid.Web.Tests;

/// <summary>With a key, keys of authenticators and recovery codes are in no file of the store.</summary>
public sealed class FieldKeyTests
{
    const string Provider = "[AspNetUserStore]", Name = "AuthenticatorKey", Secret = "JBSWY3DPEHPK3PXPMARKER72";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task Keys_seal_rotate_and_are_missed(Ground ground)
    {
        Assert.SkipWhen(ground == Ground.Postgres && !PostgresServer.IsHere,
            "PostgreSQL is not installed (./test --install)");
        var folder = Directory.CreateTempSubdirectory("deltoid-sealed").FullName;
        var place = new StorePlace
        {
            Folder = folder, Postgres = ground == Ground.Postgres ? PostgresServer.NewDatabase() : null,
        };
        var (first, second) = (NewKey(), NewKey());
        await In(place, "", MakePerson);
        Assert.Equal(Secret, await In(place, "", Value)); // without a key it is plain
        // with a key what was plain is sealed, and what is in the store reads the same
        await In(place, first, static (db, keys) => BringUp(db, keys));
        Assert.StartsWith("sealed:", await In(place, first, Value), StringComparison.Ordinal);
        Assert.Equal(Secret, await In(place, first, Opened));
        if (ground == Ground.Sqlite) NowhereIn(folder, Secret);
        // another first key: sealed again; the old one alone is missed, and nothing is changed
        await In(place, $"{second}\n{first}", static (db, keys) => BringUp(db, keys));
        Assert.Equal(Secret, await In(place, second, Opened));
        var kept = await In(place, "", Value);
        foreach (var wrong in new[] { first, NewKey(), "" })
        {
            var refused = await Assert.ThrowsAsync<FieldKeyException>(() => In(place, wrong, static (db, keys) =>
                BringUp(db, keys)));
            Assert.Contains(FieldKeys.Read(second).Current!, refused.Message, StringComparison.Ordinal);
            Assert.Equal(kept, await In(place, "", Value));
        }
        // a value that was copied to another person, or changed, opens nothing
        await In(place, second, async (db, keys) =>
        {
            var (mine, theirs) = (await db.Users.FirstAsync(Stop), await db.Users.Skip(1).FirstAsync(Stop));
            db.UserTokens.Add(new() { UserId = theirs.Id, LoginProvider = Provider, Name = Name, Value = kept });
            await db.SaveChangesAsync(Stop);
            await Assert.ThrowsAsync<FieldKeyException>(() => new SealedTokens(db, keys).GetTokenAsync(theirs, Provider,
                Name, Stop));
            return 0;
        });
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_sealed_text_opens_as_it_was_and_not_when_a_bit_of_it_is_changed()
    {
        var keys = FieldKeys.Read(NewKey());
        var random = new Random(19);
        for (var i = 0; i < 200; i++)
        {
            var value = keys.Seal(Secret[..random.Next(Secret.Length)], "person/1");
            Assert.NotEqual(value, keys.Seal("", "person/1"));
            var at = value.LastIndexOf(':') + 1;
            var whole = Convert.FromBase64String(value[at..]);
            whole[random.Next(whole.Length)] ^= (byte)(1 << random.Next(8));
            Assert.Throws<FieldKeyException>(() => keys.Open(value[..at] + Convert.ToBase64String(whole), "person/1"));
            Assert.Throws<FieldKeyException>(() => keys.Open(value, "person/2"));
        }
        Assert.Throws<FieldKeyException>(() => FieldKeys.Read("c2hvcnQ="));
        Assert.Throws<FieldKeyException>(() => keys.Open("sealed:", "person/1"));
    }

    /// <summary>The application itself: its file of keys, an authenticator that is set up, a start without.</summary>
    [Fact]
    public async Task The_application_seals_what_a_person_sets_up_and_does_not_start_without_its_key()
    {
        var (folder, copy) = (Directory.CreateTempSubdirectory("deltoid-sealed").FullName,
            Directory.CreateTempSubdirectory("deltoid-unsealed").FullName);
        var file = Path.Combine(copy, "keys.txt");
        await File.WriteAllTextAsync(file, NewKey() + "\n", Stop);
        await using (var served = await ServedPractice.OpenWith(folder, "--KeyFile", file))
        {
            using var scope = served.App.Services.CreateScope();
            var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
            var person = (await people.FindByNameAsync(Sample.Owner))!;
            await people.ResetAuthenticatorKeyAsync(person);
            var key = (await people.GetAuthenticatorKeyAsync(person))!;
            var codes = (await people.GenerateNewTwoFactorRecoveryCodesAsync(person, 10))!.ToList();
            NowhereIn(folder, [key, .. codes]);
            Assert.True((await people.RedeemTwoFactorRecoveryCodeAsync(person, codes[3])).Succeeded);
            Assert.Equal(9, await people.CountRecoveryCodesAsync(person));
            foreach (var name in new[] { "deltoid.db", "deltoid.db-wal" })
                if (File.Exists(Path.Combine(folder, name)))
                    File.Copy(Path.Combine(folder, name), Path.Combine(copy, name));
        }
        await Assert.ThrowsAsync<FieldKeyException>(() => Serving.Start(["--Folder", copy, "--Listen",
            "http://127.0.0.1:0"]));
        SqliteConnection.ClearAllPools();
        Directory.Delete(copy, recursive: true);
    }

    static void NowhereIn(string folder, params IEnumerable<string> secrets)
    {
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (Path.GetFileName(path) == "in-use") continue; // locked
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            foreach (var secret in secrets)
                Assert.True(bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, path);
        }
    }

    static async Task<T> In<T>(StorePlace place, string keys, Func<PracticeDb, FieldKeys, Task<T>> act)
    {
        var ring = FieldKeys.Read(keys);
        await using var services = new ServiceCollection().AddStore(place).BuildServiceProvider();
        using var scope = services.CreateScope();
        return await act(scope.ServiceProvider.GetRequiredService<PracticeDb>(), ring);
    }

    static async Task<int> BringUp(PracticeDb db, FieldKeys keys)
    {
        await SealedTokens.BringUp(db, keys, Stop);
        return 0;
    }

    static async Task<string> Value(PracticeDb db, FieldKeys keys) =>
        (await db.UserTokens.Where(static t => t.Name == Name).OrderBy(static t => t.UserId).FirstAsync(Stop)).Value!;

    static async Task<string?> Opened(PracticeDb db, FieldKeys keys) => await new SealedTokens(db, keys)
        .GetTokenAsync(await db.Users.FirstAsync(Stop), Provider, Name, Stop);

    static async Task<int> MakePerson(PracticeDb db, FieldKeys keys)
    {
        await StoreSetup.Migrate(db, Stop);
        var practice = new Practice
        {
            Name = "P", Npi = "1234567893", TaxId = "1",
            Address = new() { Line = "1", City = "X", State = "IL", Zip = "62701" },
        };
        db.Practices.Add(practice);
        await db.SaveChangesAsync(Stop);
        db.PracticeId = practice.Id;
        foreach (var name in new[] { "ann", "bob" })
            db.Users.Add(new() { UserName = name, Name = name, Role = Role.Owner, PracticeId = practice.Id });
        await db.SaveChangesAsync(Stop);
        await new SealedTokens(db, keys).SetTokenAsync(await db.Users.FirstAsync(Stop), Provider, Name, Secret, Stop);
        return await db.SaveChangesAsync(Stop);
    }
}
