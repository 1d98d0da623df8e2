namespace Aspire.Hosting;

/// <summary>A parameter has no value.</summary>
public sealed class MissingParameterValueException : DistributedApplicationException
{
    public MissingParameterValueException(string message) : base(message)
    {
    }

    public MissingParameterValueException(string message, Exception? innerException) : base(message, innerException!)
    {
    }

    public MissingParameterValueException()
    {
    }
}
