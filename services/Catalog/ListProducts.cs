using Microsoft.AspNetCore.Http.HttpResults;
using MsaAspire.ServiceDefaults;
using Npgsql;

namespace MsaAspire.Catalog;

/// <summary>One page of the products that match a search, and how many match in all.</summary>
public sealed record ProductPage(IReadOnlyList<Product> Items, int Page, int PageSize, long Total);

internal static class ListProducts
{
    private const int MaxPageSize = 100, MaxSearch = 100;

    /// <summary>Products, all or those that match a search</summary>
    /// <param name="database"></param>
    /// <param name="cancellation"></param>
    /// <param name="search" example="kettle">A part of the name or the description, in whatever case; at most 100 characters.</param>
    /// <param name="page">From 1. A page after the last is empty.</param>
    /// <param name="pageSize">1 to 100.</param>
    /// <response code="200">One page of them, in the order of their ids.</response>
    /// <response code="400">`invalid-request`: a parameter is out of its range; `errors` says which and how.</response>
    public static async Task<Results<Ok<ProductPage>, ProblemHttpResult>> HandleAsync(
        [FromKeyedServices(CatalogModule.Database)] NpgsqlDataSource database,
        CancellationToken cancellation,
        string search = "",
        int page = 1,
        int pageSize = 20)
    {
        var errors = new Dictionary<string, string[]>();
        if (page < 1)
            errors["page"] = ["1 or more"];
        if (pageSize is < 1 or > MaxPageSize)
            errors["pageSize"] = [$"1 to {MaxPageSize}"];
        if (search.Length > MaxSearch || search.Any(char.IsControl))
            errors["search"] = [$"at most {MaxSearch} characters, no control characters"];
        if (errors.Count > 0)
            return Problems.Invalid(errors);

        const string Matches = "strpos(lower(name || ' ' || description), lower($1)) > 0";
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new($"SELECT count(*) FROM catalog.products WHERE {Matches}")
        {
            Parameters = { new() { Value = search.Trim() } },
        });
        batch.BatchCommands.Add(new($"""
            SELECT id, name, description, price, currency FROM catalog.products
            WHERE {Matches} ORDER BY id LIMIT $2 OFFSET $3
            """)
        {
            Parameters = { new() { Value = search.Trim() }, new() { Value = pageSize }, new() { Value = (page - 1L) * pageSize } },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var total = reader.GetInt64(0);
        await reader.NextResultAsync(cancellation);
        var items = new List<Product>(pageSize);
        while (await reader.ReadAsync(cancellation))
            items.Add(GetProduct.Read(reader));
        return TypedResults.Ok(new ProductPage(items, page, pageSize, total));
    }
}
