using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Deltoid.Store;

/// <summary>
/// Names the practice to PostgreSQL on each connection, and again when the practice changes while one is open. The
/// connection forgets it when it goes back to its pool.
/// </summary>
sealed class PracticeSetting : DbCommandInterceptor, IDbConnectionInterceptor
{
    public static readonly PracticeSetting OfAll = new();

    void IDbConnectionInterceptor.ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (eventData.Context is not PostgresDb db) return;
        db.NamedPractice = null;
        using var command = Naming(connection, db);
        command?.ExecuteNonQuery();
    }

    async Task IDbConnectionInterceptor.ConnectionOpenedAsync(DbConnection connection,
        ConnectionEndEventData eventData, CancellationToken cancellationToken)
    {
        if (eventData.Context is not PostgresDb db) return;
        db.NamedPractice = null;
        await using var command = Naming(connection, db);
        if (command is not null) await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The statement that names the practice; null where the connection knows it.</summary>
    static DbCommand? Naming(DbConnection connection, PostgresDb db, DbTransaction? transaction = null)
    {
        if (db.NamedPractice == db.PracticeId) return null;
        db.NamedPractice = db.PracticeId;
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = string.Create(CultureInfo.InvariantCulture,
            $"SELECT set_config('{RowSecurity.Setting}', '{db.PracticeId}', false)");
        return command;
    }

    static void Name(DbCommand before, DbContext? context)
    {
        if (context is not PostgresDb db || before.Connection is null) return;
        using var command = Naming(before.Connection, db, before.Transaction);
        command?.ExecuteNonQuery();
    }

    static async Task NameAsync(DbCommand before, DbContext? context, CancellationToken stop)
    {
        if (context is not PostgresDb db || before.Connection is null) return;
        await using var command = Naming(before.Connection, db, before.Transaction);
        if (command is not null) await command.ExecuteNonQueryAsync(stop);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData,
        InterceptionResult<DbDataReader> result)
    {
        Name(command, eventData.Context);
        return result;
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command,
        CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        await NameAsync(command, eventData.Context, cancellationToken);
        return result;
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData,
        InterceptionResult<object> result)
    {
        Name(command, eventData.Context);
        return result;
    }

    public override async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command,
        CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        await NameAsync(command, eventData.Context, cancellationToken);
        return result;
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData,
        InterceptionResult<int> result)
    {
        Name(command, eventData.Context);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command,
        CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await NameAsync(command, eventData.Context, cancellationToken);
        return result;
    }
}
