"""The names that HL7 has given to what a form can say beyond its own elements."""

_CORE = "http://hl7.org/fhir/StructureDefinition/"
_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"

CONTROL = _CORE + "questionnaire-itemControl"
ORIENTATION = _CORE + "questionnaire-choiceOrientation"
HIDDEN = _CORE + "questionnaire-hidden"
CATEGORY = _CORE + "questionnaire-displayCategory"
SUPPORT_LINK = _CORE + "questionnaire-supportLink"
SIGNATURE = _CORE + "questionnaire-signatureRequired"
UNIT = _CORE + "questionnaire-unit"
UNIT_OPTION = _CORE + "questionnaire-unitOption"
UNIT_LIST = _CORE + "questionnaire-unitValueSet"
OPTION_PREFIX = _CORE + "questionnaire-optionPrefix"
EXCLUSIVE = _CORE + "questionnaire-optionExclusive"
SLIDER_STEP = _CORE + "questionnaire-sliderStepValue"
MIN_OCCURS = _CORE + "questionnaire-minOccurs"
MAX_OCCURS = _CORE + "questionnaire-maxOccurs"
ENTRY_FORMAT = _CORE + "entryFormat"
MIN_VALUE = (_CORE + "minValue", _SDC + "minQuantity")
MAX_VALUE = (_CORE + "maxValue", _SDC + "maxQuantity")
MIN_LENGTH = _CORE + "minLength"
MAX_DECIMALS = _CORE + "maxDecimalPlaces"
MAX_SIZE = _CORE + "maxSize"
MIME_TYPE = _CORE + "mimeType"
REGEX = _CORE + "regex"
XHTML = _CORE + "rendering-xhtml"
MARKDOWN = _CORE + "rendering-markdown"
SHORT_TEXT = _SDC + "shortText"
OPEN_LABEL = _SDC + "openLabel"

VARIABLE = _CORE + "variable"
CALCULATED = _SDC + "calculatedExpression"
ENABLED = _SDC + "enableWhenExpression"
TOLD = _CORE + "cqf-expression"
TARGET_CONSTRAINT = _CORE + "targetConstraint"
CONSTRAINT = _CORE + "questionnaire-constraint"

SUB_QUESTIONNAIRE = _SDC + "subQuestionnaire"
ANSWER_EXPRESSION = _SDC + "answerExpression"
CANDIDATES = _SDC + "candidateExpression"
TOGGLED = _SDC + "answerOptionsToggleExpression"
MEDIA = (_SDC + "itemMedia", _SDC + "itemAnswerMedia")
INITIAL_EXPRESSION = _SDC + "initialExpression"
POPULATION = (_SDC + "itemPopulationContext", _SDC + "sourceQueries", _SDC + "sourceStructureMap")
LAUNCH_CONTEXT = _SDC + "launchContext"

FHIRPATH = "text/fhirpath"
