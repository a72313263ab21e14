using System.Collections.Concurrent;
using System.Reflection;
using Deltoid.Store.Model;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using SQLitePCL;

namespace Deltoid.Store;

/// <summary>
/// Writes many rows of one table inside the change that is going on: by a prepared statement on SQLite, by arrays on
/// PostgreSQL. Columns are the model's, so that a new one is written too.
/// </summary>
/// <param name="hasOwnIds">The rows bring their numbers (<see cref="Ids"/>); else the database gives them.</param>
sealed class BulkRows<T>(PracticeDb db, bool hasOwnIds) where T : Row
{
    /// <param name="Kept">What the provider is handed of it; a number may be missing.</param>
    sealed record Column(string Name, string Type, Type Kept, PropertyInfo? Of, PropertyInfo Property,
        Func<object?, object?>? Convert)
    {
        public object? Value(T row)
        {
            var value = Property.GetValue(Of is null ? row : Of.GetValue(row));
            return Convert is null || value is null ? value : Convert(value);
        }
    }

    const int RowsAtOnce = 50;

    /// <summary>What the model says of a table; the model stays the same, so it is asked once.</summary>
    sealed class Shape(IEntityType type, bool hasOwnIds)
    {
        static readonly ConcurrentDictionary<(IEntityType, bool), Shape> Known = [];

        readonly ConcurrentDictionary<int, string> inserts = [];

        public static Shape Of(PracticeDb db, bool hasOwnIds) => Known.GetOrAdd(
            (db.Model.FindEntityType(typeof(T))!, hasOwnIds), static key => new(key.Item1, key.Item2));

        public IEntityType Type => type;

        public string Table { get; } = type.GetTableName()!;

        public Column[] Columns { get; } = [.. ColumnsOf(type, null, type.GetTableName()!, hasOwnIds),
            .. type.GetComplexProperties().SelectMany(c => ColumnsOf(c.ComplexType, c.PropertyInfo,
                type.GetTableName()!, hasOwnIds))];

        public string Names => field ??= string.Join(", ", Columns.Select(static c => $"\"{c.Name}\""));

        public string InsertArrays => field ??= $"INSERT INTO \"{Table}\" AS kept ({Names}) SELECT * FROM unnest("
            + string.Join(", ", Columns.Select(static (_, i) => $"${i + 1}")) + ")";

        public string Insert(int rows) => inserts.GetOrAdd(rows,
            n => $"INSERT INTO \"{Table}\" AS kept ({Names}) VALUES "
            + string.Join(", ", Enumerable.Repeat($"({string.Join(", ", Columns.Select(static _ => "?"))})", n)));

        static IEnumerable<Column> ColumnsOf(ITypeBase of, PropertyInfo? holder, string table, bool hasOwnIds)
        {
            foreach (var property in of.GetProperties())
                if (property.PropertyInfo is { } info && (hasOwnIds || info.Name != nameof(Row.Id)))
                    yield return new(property.GetColumnName(StoreObjectIdentifier.Table(table))!,
                        property.GetColumnType(), KeptOf(property), holder, info,
                        property.GetTypeMapping().Converter?.ConvertToProvider);
        }
    }

    readonly Shape shape = Shape.Of(db, hasOwnIds);

    string Table => shape.Table;

    Column[] Columns => shape.Columns;

    IEntityType Model => shape.Type;

    static Type KeptOf(IProperty property)
    {
        var type = property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType;
        return type.IsValueType && property.IsNullable && Nullable.GetUnderlyingType(type) is null
            ? typeof(Nullable<>).MakeGenericType(type) : type;
    }

    /// <summary>Numbers for rows that others refer to.</summary>
    public async Task<IReadOnlyList<long>> Ids(int count, CancellationToken stop)
    {
        if (count == 0) return [];
        if (db.Database.GetDbConnection() is NpgsqlConnection)
            return await db.Database.SqlQueryRaw<long>(
                """
                WITH numbers AS MATERIALIZED (SELECT pg_get_serial_sequence({0}, 'Id')::regclass AS "of")
                SELECT nextval("of") AS "Value" FROM numbers, generate_series(1, {1})
                """,
                $"\"{Table}\"", count).ToListAsync(stop);
        var last = LastId((SqliteConnection)db.Database.GetDbConnection());
        return [.. Enumerable.Range(1, count).Select(i => last + i)];
    }

    /// <summary>The last number of the table: the one writer of SQLite holds it until the change is done.</summary>
    long LastId(SqliteConnection connection)
    {
        using var statement = Prepared(connection, "SELECT seq FROM sqlite_sequence WHERE name = ?");
        Check(connection, statement.Bind(1, Table));
        var last = raw.sqlite3_step(statement.Of) == raw.SQLITE_ROW ? raw.sqlite3_column_int64(statement.Of, 0) : 0;
        Check(connection, raw.sqlite3_reset(statement.Of));
        return last;
    }

    /// <param name="after">What has to be written before: PostgreSQL works on it while these rows are put together.
    /// </param>
    public Task Write(IReadOnlyCollection<T> rows, CancellationToken stop, Task? after = null) =>
        Write(rows, "", after, stop);

    /// <summary>Writes rows with the next commands of a batch; of PostgreSQL, which answers them all at once.</summary>
    public void Add(IReadOnlyCollection<T> rows, NpgsqlBatch batch)
    {
        foreach (var row in rows) row.PracticeId = db.PracticeId;
        var command = new NpgsqlBatchCommand(shape.InsertArrays);
        Bind(command.Parameters, rows);
        batch.BatchCommands.Add(command);
    }

    /// <summary>Adds the numbers of each row to those of the row that has its key, which is the unique index of the
    /// table; the first of a key is written.</summary>
    public Task AddUp(IReadOnlyCollection<T> rows, CancellationToken stop)
    {
        var key = Model.GetIndexes().Single(static i => i.IsUnique).Properties.Select(static p => p.Name).ToList();
        var sums = Columns.Where(c => c.Name != nameof(Row.Id) && !key.Contains(c.Name)).Select(static c =>
            $"\"{c.Name}\" = kept.\"{c.Name}\" + excluded.\"{c.Name}\"");
        return Write(rows, $" ON CONFLICT ({string.Join(", ", key.Select(static k => $"\"{k}\""))}) DO UPDATE SET "
            + string.Join(", ", sums), null, stop);
    }

    async Task Write(IReadOnlyCollection<T> rows, string where, Task? after, CancellationToken stop)
    {
        foreach (var row in rows) row.PracticeId = db.PracticeId;
        if (db.Database.GetDbConnection() is NpgsqlConnection postgres)
            await Insert(postgres, rows, where, after, stop);
        else
        {
            await (after ?? Task.CompletedTask);
            Insert((SqliteConnection)db.Database.GetDbConnection(), rows, where, stop);
        }
    }

    /// <summary>
    /// One statement with an array for each column: PostgreSQL takes no COPY into a table with row security, and by way
    /// of another table each row would be written twice.
    /// </summary>
    async Task Insert(NpgsqlConnection connection, IReadOnlyCollection<T> rows, string where, Task? after,
        CancellationToken stop)
    {
#pragma warning disable CA2100 // names of the model's tables and columns, nothing that people typed
        await using var command = new NpgsqlCommand(shape.InsertArrays + where, connection);
#pragma warning restore CA2100
        if (rows.Count > 0) Bind(command.Parameters, rows);
        await (after ?? Task.CompletedTask);
        if (rows.Count > 0) await command.ExecuteNonQueryAsync(stop);
    }

    void Bind(NpgsqlParameterCollection parameters, IReadOnlyCollection<T> rows)
    {
        foreach (var column in Columns)
        {
            var (values, at) = (Array.CreateInstance(column.Kept, rows.Count), 0);
            foreach (var row in rows) values.SetValue(column.Value(row), at++);
            parameters.Add(new() { Value = values, DataTypeName = column.Type + "[]" });
        }
    }

    /// <summary>
    /// Many rows by one statement: for each statement that fires a trigger, SQLite keeps a copy of the pages that it
    /// changes. Bound by position, since the provider looks up each parameter by its name.
    /// </summary>
    void Insert(SqliteConnection connection, IReadOnlyCollection<T> rows, string where, CancellationToken stop)
    {
        foreach (var ofSize in rows.Chunk(RowsAtOnce).GroupBy(static some => some.Length))
        {
            using var statement = Prepared(connection, shape.Insert(ofSize.Key) + where);
            foreach (var some in ofSize)
            {
                stop.ThrowIfCancellationRequested();
                var at = 0;
                foreach (var row in some)
                    foreach (var column in Columns) Check(connection, statement.Bind(++at, column.Value(row)));
                Step(connection, statement.Of);
            }
        }
    }

    /// <summary>
    /// Changed rows: what has changed in any of them is written in all. Each is found by its number and its tokens as
    /// they were read.
    /// </summary>
    /// <exception cref="DbUpdateConcurrencyException">A row is not as it was read.</exception>
    public async Task Rewrite(IReadOnlyList<EntityEntry<T>> entries, CancellationToken stop)
    {
        var found = Columns.Where(c => c.Of is null && Model.FindProperty(c.Property.Name) is { } p
            && (p.IsPrimaryKey() || p.IsConcurrencyToken)).ToList();
        var changed = Columns.Where(c => c.Of is null && entries.Any(e => e.Property(c.Property.Name).IsModified))
            .ToList();
        List<Column> all = [.. found, .. changed];
        var rows = entries.Select(e => (object?[])[.. found.Select(c => Kept(c, e.Property(c.Property.Name)
            .OriginalValue)), .. changed.Select(c => c.Value(e.Entity))]);
        string Text(string from, Func<int, string> value) => $"UPDATE \"{Table}\" AS kept SET "
            + string.Join(", ", changed.Select((c, i) => $"\"{c.Name}\" = come.{value(found.Count + i)}"))
            + $" FROM {from} WHERE " + string.Join(" AND ", found.Select((c, i) => $"kept.\"{c.Name}\" = come.{value(i)}"));
        var written = db.Database.GetDbConnection() is NpgsqlConnection postgres
            ? await Rewrite(postgres, all, [.. rows], Text, stop)
            : Rewrite((SqliteConnection)db.Database.GetDbConnection(), all.Count, rows, Text, stop);
        if (written != entries.Count) throw new DbUpdateConcurrencyException("a row was changed by somebody else");
    }

    static object? Kept(Column column, object? value) =>
        column.Convert is null || value is null ? value : column.Convert(value);

    static async Task<int> Rewrite(NpgsqlConnection connection, List<Column> all, List<object?[]> rows,
        Func<string, Func<int, string>, string> text, CancellationToken stop)
    {
        static string Name(int at) => $"c{at}";
        var from = $"unnest({string.Join(", ", all.Select(static (_, i) => $"${i + 1}"))}) "
            + $"AS come({string.Join(", ", all.Select(static (_, i) => Name(i)))})";
#pragma warning disable CA2100 // names of the model's tables and columns, nothing that people typed
        await using var command = new NpgsqlCommand(text(from, Name), connection);
#pragma warning restore CA2100
        for (var at = 0; at < all.Count; at++)
        {
            var values = Array.CreateInstance(all[at].Kept, rows.Count);
            for (var i = 0; i < rows.Count; i++) values.SetValue(rows[i][at], i);
            command.Parameters.Add(new() { Value = values, DataTypeName = all[at].Type + "[]" });
        }
        return await command.ExecuteNonQueryAsync(stop);
    }

    int Rewrite(SqliteConnection connection, int columns, IEnumerable<object?[]> rows,
        Func<string, Func<int, string>, string> text, CancellationToken stop)
    {
        var (row, written) = ($"({string.Join(", ", Enumerable.Repeat("?", columns))})", 0);
        foreach (var ofSize in rows.Chunk(RowsAtOnce).GroupBy(static some => some.Length))
        {
            var sql = text($"(VALUES {string.Join(", ", Enumerable.Repeat(row, ofSize.Key))}) AS come",
                static at => $"column{at + 1}");
            using var statement = Prepared(connection, sql);
            foreach (var some in ofSize)
            {
                stop.ThrowIfCancellationRequested();
                var at = 0;
                foreach (var value in some.SelectMany(static r => r)) Check(connection, statement.Bind(++at, value));
                Step(connection, statement.Of);
                written += raw.sqlite3_changes(connection.Handle);
            }
        }
        return written;
    }

    SqliteStatement Prepared(SqliteConnection connection, string text) =>
        (db as SqliteDb)?.Prepared(text) ?? SqliteStatement.Prepare(connection, text);

    static void Step(SqliteConnection connection, sqlite3_stmt statement)
    {
        if (raw.sqlite3_step(statement) != raw.SQLITE_DONE)
        {
            var code = raw.sqlite3_extended_errcode(connection.Handle);
            try
            {
                Check(connection, code);
            }
            finally
            {
                _ = raw.sqlite3_reset(statement); // says the same again
            }
        }
        Check(connection, raw.sqlite3_reset(statement));
    }

    static void Check(SqliteConnection connection, int code) =>
        SqliteException.ThrowExceptionForRC(code, connection.Handle);
}
