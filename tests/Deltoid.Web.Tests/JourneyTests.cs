using Deltoid.Store;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Tests;

/// <summary>Journeys of who asks, and of who sets the practice and an account up.</summary>
public sealed class JourneyTests
{
    [Theory, InlineData("lookup.mjs"), InlineData("ask.mjs")]
    public async Task A_question_is_answered_without_an_account(string script)
    {
        await using var served = await ServedPractice.Start(Ground.Sqlite);
        Journey.Run(script, served.Url);
        Assert.Equal(0, await served.InStore(static db => db.Claims.CountAsync())); // a question keeps nothing
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task What_is_set_up_and_by_whom_is_in_the_trail(Ground ground)
    {
        await using var served = await Journey.Served(ground);
        Journey.Run("settings.mjs", served.Url);
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_payers_contract_and_a_standing_order_are_set_up_by_two_people(Ground ground)
    {
        await using var served = await Journey.Served(ground);
        Journey.Run("rooms.mjs", served.Url);
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_list_is_imported_once_however_often_it_comes(Ground ground)
    {
        await using var served = await Journey.Served(ground);
        Journey.Run("import.mjs", served.Url);
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }

    [Theory, InlineData(Ground.Sqlite), InlineData(Ground.Postgres)]
    public async Task A_person_sets_up_second_factors_and_ends_sessions(Ground ground)
    {
        await using var served = await Journey.Served(ground);
        Journey.Run("account.mjs", served.Url);
        Assert.Null(await served.InStore(static db => db.VerifyEvents()));
    }
}
